package io.seawall.filter;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicy;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * The answer to a request that goes no further: a problem document (RFC 9457) of a type of
 * draft-ietf-httpapi-ratelimit-headers. Written here and now; {@code sendError} would begin an ERROR dispatch.
 */
final class Refusal {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final String TYPES = "https://iana.org/assignments/http-problem-types#";

    /** Seconds; a store that is away is looked for four times a second. */
    private static final long UNAVAILABLE_RETRY_AFTER = 1;

    private Refusal() {}

    static void tooManyRequests(Decision.Denied denied, HttpServletResponse response) throws IOException {
        String violated = denied.violated().stream()
                .map(QuotaPolicy::name)
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(","));
        write(
                response,
                TOO_MANY_REQUESTS,
                Math.max(1, RateLimitFields.ceilSeconds(denied.retryAfterMicros())),
                "quota-exceeded",
                "Request cannot be satisfied as assigned quota has been exceeded",
                ",\"violated-policies\":[" + violated + "]");
    }

    static void unavailable(HttpServletResponse response) throws IOException {
        write(
                response,
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                UNAVAILABLE_RETRY_AFTER,
                "temporary-reduced-capacity",
                "Request cannot be satisfied due to temporary server capacity constraints",
                "");
    }

    private static void write(
            HttpServletResponse response,
            int status,
            long retryAfterSeconds,
            String type,
            String title,
            String moreMembers)
            throws IOException {
        byte[] body = ("{\"type\":\"" + TYPES + type + "\",\"title\":\"" + title + "\",\"status\":" + status
                        + moreMembers + "}")
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Retry-After", Long.toString(retryAfterSeconds));
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
