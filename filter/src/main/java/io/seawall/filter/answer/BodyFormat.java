package io.seawall.filter.answer;

/** In which form a client is told why it was refused; in the order of preference, for clients that have none. */
enum BodyFormat {

    /** For programs; whoever takes any JSON takes this. */
    PROBLEM_DOCUMENT("application/problem+json", "application/*", "application/json", "application/problem+json"),

    /** For browsers. */
    HTML_PAGE("text/html;charset=utf-8", "text/*", "text/html"),

    /** For terminals. */
    PLAIN_TEXT("text/plain;charset=utf-8", "text/*", "text/plain");

    /** What {@link #fit} says of a media range that means something else. */
    static final int NO_FIT = 0;

    /** The fit of a range that names a type as a whole; closer ones differ only within one format. */
    static final int FULL_FIT = 3;

    private final String contentType;

    /** Media ranges that fit, the wider ones first; the last two are the same if there is nothing closer. */
    private final String anyOfType;

    private final String mediaType;
    private final String closest;

    BodyFormat(String contentType, String anyOfType, String mediaType) {
        this(contentType, anyOfType, mediaType, mediaType);
    }

    BodyFormat(String contentType, String anyOfType, String mediaType, String closest) {
        this.contentType = contentType;
        this.anyOfType = anyOfType;
        this.mediaType = mediaType;
        this.closest = closest;
    }

    /** The value of {@code Content-Type}. */
    String contentType() {
        return contentType;
    }

    /** The whole body. */
    String of(Refusal refusal) {
        return switch (this) {
            case PROBLEM_DOCUMENT -> ProblemDocument.of(refusal);
            case HTML_PAGE -> HtmlPage.of(refusal);
            case PLAIN_TEXT -> PlainText.of(refusal);
        };
    }

    /** How closely a media range fits, more for closer (RFC 9110, section 12.5.1). */
    int fit(String range) {
        if (range.equalsIgnoreCase(closest)) {
            return FULL_FIT + 1;
        }
        if (range.equalsIgnoreCase(mediaType)) {
            return FULL_FIT;
        }
        if (range.equalsIgnoreCase(anyOfType)) {
            return FULL_FIT - 1;
        }
        // Java's HttpURLConnection sends a lone * too.
        return range.equals("*/*") || range.equals("*") ? FULL_FIT - 2 : NO_FIT;
    }
}
