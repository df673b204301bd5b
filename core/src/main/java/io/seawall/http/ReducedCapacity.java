package io.seawall.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The answer when a call that was needed for it was refused: 503, when to come again, and a problem document (RFC 9457) of the type
 * {@code temporary-reduced-capacity} (draft-ietf-httpapi-ratelimit-headers). It says nothing of what was called, since why the
 * service is short is nobody's business outside. Immutable.
 *
 * @param retryAfterSeconds what {@code Retry-After} (RFC 9110) says, 1 or more: a 0 asks clients to hammer
 */
public record ReducedCapacity(long retryAfterSeconds) {

    /** Service Unavailable. */
    public static final int STATUS = 503;

    /** The value of {@code Content-Type}. */
    public static final String CONTENT_TYPE = "application/problem+json";

    /** The value of {@code Cache-Control}. */
    public static final String CACHE_CONTROL = "no-store";

    /** Where nobody knows better: soon, but not at once. */
    private static final long UNKNOWN = 1;

    private static final String PROBLEM =
            "{\"type\":\"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity\""
                    + ",\"title\":\"Request cannot be satisfied due to temporary server capacity constraints\""
                    + ",\"status\":" + STATUS + "}";

    /**
     * Checks the time.
     *
     * @param retryAfterSeconds see {@link #retryAfterSeconds}
     * @throws IllegalArgumentException if it is less than 1 second
     */
    public ReducedCapacity {
        if (retryAfterSeconds < 1) {
            throw new IllegalArgumentException("a client is told to come back after " + retryAfterSeconds
                    + " seconds: tell 1 or more, or clients hammer");
        }
    }

    /**
     * The answer to whoever may come again after some time.
     *
     * @param retryAfter when another call may be let through, if that is known; told in whole seconds, rounded up
     * @return the answer; of 1 second if the time is unknown or over
     */
    public static ReducedCapacity until(Optional<Duration> retryAfter) {
        return new ReducedCapacity(
                retryAfter.map(delay -> Math.max(1, ceilSeconds(delay))).orElse(UNKNOWN));
    }

    /** Up, never down: a client that comes back at the told second must not be early. */
    private static long ceilSeconds(Duration delay) {
        long whole = delay.getSeconds();
        return delay.getNano() == 0 || whole == Long.MAX_VALUE ? whole : whole + 1;
    }

    /**
     * The problem document.
     *
     * @return JSON, of ASCII characters alone
     */
    public String body() {
        return PROBLEM;
    }

    /**
     * The problem document as it is sent.
     *
     * @return a copy
     */
    public byte[] bodyBytes() {
        return PROBLEM.getBytes(StandardCharsets.US_ASCII);
    }
}
