package io.seawall.filter.answer;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaStatus;

/** The waits that clients are told, in the whole seconds that header fields count in. */
final class WholeSeconds {

    /** No wait is told: it would not help, or it is not what this client waits for. */
    static final long UNTOLD = -1;

    private static final long MICROS = 1_000_000;

    private WholeSeconds() {}

    /** Up, never down: a client that comes back at the told second must not be early. */
    static long ceil(long micros) {
        long whole = micros / MICROS;
        return micros % MICROS == 0 ? whole : whole + 1;
    }

    /** {@code Retry-After} (RFC 9110, section 10.2.3), at least 1: a 0 asks clients to hammer. */
    static long untilRetry(Decision.Denied denied) {
        return denied.retryAfterMicros() == Decision.Denied.NEVER
                ? UNTOLD
                : Math.max(1, ceil(denied.retryAfterMicros()));
    }

    /**
     * How long a limit is worth waiting for: until the next permit when none is left, else until all are back.
     *
     * <p>Of a refusal, only limits that refused are, and not beyond {@code Retry-After}, which the draft does not want
     * to be earlier than this (draft-ietf-httpapi-ratelimit-headers-10, section 5).
     */
    static long untilReset(QuotaStatus status, Decision decision) {
        long micros = status.remaining() == 0 ? status.nextPermitMicros() : status.resetMicros();
        long seconds = micros == Decision.Denied.NEVER ? UNTOLD : ceil(micros);
        if (decision instanceof Decision.Denied denied) {
            // UNTOLD is less than any wait.
            return status.refused() ? Math.min(seconds, untilRetry(denied)) : UNTOLD;
        }
        return seconds;
    }
}
