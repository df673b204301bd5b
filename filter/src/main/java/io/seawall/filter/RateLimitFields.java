package io.seawall.filter;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Collectors;

/**
 * The {@code RateLimit-Policy} and {@code RateLimit} fields of draft-ietf-httpapi-ratelimit-headers: lists of strings with
 * parameters in the syntax of RFC 9651. Names of limits need no escaping there.
 */
final class RateLimitFields {

    /** The largest integer of RFC 9651, section 3.3.1; one of ours may be larger. */
    private static final long MAX_INTEGER = 999_999_999_999_999L;

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final String policies;

    RateLimitFields(QuotaPolicies limits) {
        policies = policies(limits);
    }

    /** Adds, not sets: another filter may have told of its own limits. */
    void write(Decision decision, HttpServletResponse response) {
        response.addHeader("RateLimit-Policy", policies);
        if (!decision.quotas().isEmpty()) {
            response.addHeader("RateLimit", quotas(decision));
        }
    }

    static String policies(QuotaPolicies limits) {
        return limits.policies().stream().map(RateLimitFields::policy).collect(Collectors.joining(", "));
    }

    private static String policy(QuotaPolicy policy) {
        long millis = policy.window().toMillis();
        String quota = '"' + policy.name() + "\";q=" + Math.min(policy.permits(), MAX_INTEGER);
        // The field counts in whole seconds, and a window that it cannot tell is better not told.
        return millis % 1000 == 0 ? quota + ";w=" + millis / 1000 : quota;
    }

    static String quotas(Decision decision) {
        StringBuilder items = new StringBuilder();
        for (QuotaStatus status : decision.quotas()) {
            items.append(items.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(status.policy().name())
                    .append("\";r=")
                    .append(Math.min(status.remaining(), MAX_INTEGER))
                    .append(";t=")
                    .append(ceilSeconds(status.remaining() == 0 ? status.nextPermitMicros() : status.resetMicros()));
        }
        return items.toString();
    }

    /** Up, never down: a client that comes back at the told second must not be early. */
    static long ceilSeconds(long micros) {
        return (micros + MICROS_PER_SECOND - 1) / MICROS_PER_SECOND;
    }
}
