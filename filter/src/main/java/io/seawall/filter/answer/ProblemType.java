package io.seawall.filter.answer;

/** Why a request was refused: the problem types of draft-ietf-httpapi-ratelimit-headers. */
public enum ProblemType {

    /** The client has used up one or several of its limits. */
    QUOTA_EXCEEDED(429, "quota-exceeded", "Request cannot be satisfied as assigned quota has been exceeded"),

    /** The client is shut out for a while because of how it behaves. */
    ABNORMAL_USAGE_DETECTED(
            429, "abnormal-usage-detected", "Request not satisfied due to detection of abnormal request pattern"),

    /** Nobody could count: the store is away, and {@code on-store-failure} is {@code deny}. */
    TEMPORARY_REDUCED_CAPACITY(
            503,
            "temporary-reduced-capacity",
            "Request cannot be satisfied due to temporary server capacity constraints");

    private static final String TYPES = "https://iana.org/assignments/http-problem-types#";

    private final int status;
    private final String uri;
    private final String title;

    ProblemType(int status, String name, String title) {
        this.status = status;
        this.uri = TYPES + name;
        this.title = title;
    }

    /**
     * The status of the answer.
     *
     * @return 429 (RFC 6585) or 503
     */
    public int status() {
        return status;
    }

    /**
     * What identifies the type, the member {@code type} of a problem document (RFC 9457).
     *
     * @return an absolute URI of ASCII characters
     */
    public String uri() {
        return uri;
    }

    /**
     * The type in words, the member {@code title} of a problem document.
     *
     * @return one sentence of ASCII characters
     */
    public String title() {
        return title;
    }
}
