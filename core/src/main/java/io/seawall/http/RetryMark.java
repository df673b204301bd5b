package io.seawall.http;

import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The header of a request by which a caller says that it retries itself, so that those further in do not: of a chain of services that
 * each retry twice, the last one would otherwise get 3 · 3 · 3 requests for one. A boolean item of structured fields (RFC 9651,
 * section 3.3.6):
 *
 * <pre>{@code
 * Seawall-Retry: ?0
 * }</pre>
 *
 * <p>{@code ?0}: do not retry for this request. {@code ?1}, the same as no header: retry as you are used to.
 */
public final class RetryMark {

    /** The name of the header. */
    public static final String HEADER = "Seawall-Retry";

    /** The value of the header: do not retry for this request. */
    public static final String VALUE = "?0";

    /** More than any value with its blanks has that a caller means well by. */
    private static final int LONGEST = 32;

    private RetryMark() {}

    /**
     * Whether a value of the header asks not to retry. What is not exactly {@value #VALUE}, with or without blanks around it, does not:
     * parameters, lists and whatever else a stranger may send are passed over.
     *
     * @param value as it came; null for none
     * @return true if it asks not to retry
     */
    public static boolean asksForNoRetry(@Nullable String value) {
        if (value == null || value.length() > LONGEST) {
            return false;
        }
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return to - from == VALUE.length() && value.startsWith(VALUE, from);
    }

    /** Optional whitespace (RFC 9110, section 5.6.3), and no other. */
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /**
     * Puts the mark on a request of the JDK's client, for a call inside of a guarded method. A mark that is there already is replaced.
     *
     * @param request what is being built
     * @return the same
     */
    public static HttpRequest.Builder on(HttpRequest.Builder request) {
        return request.setHeader(HEADER, VALUE);
    }
}
