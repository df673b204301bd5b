package io.seawall.filter.answer;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaStatus;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * {@code X-RateLimit-Limit}, {@code X-RateLimit-Remaining} and {@code X-RateLimit-Reset}, which have room for one limit: the
 * one that is nearest to a refusal. No standard defines them. Reset counts seconds from now, as Kong's does and the
 * draft's {@code t}; GitHub's is a point in time. A client whose clock is wrong is not misled by a number of seconds.
 */
final class LegacyFields implements LimitFields {

    private static final String LIMIT = "X-RateLimit-Limit";
    private static final String REMAINING = "X-RateLimit-Remaining";
    private static final String RESET = "X-RateLimit-Reset";

    @Override
    public void write(Decision decision, HttpServletResponse response) {
        QuotaStatus nearest = nearestToRefusal(decision);
        if (nearest == null) {
            return;
        }
        long seconds = WholeSeconds.untilReset(nearest, decision);
        if (decision.allowed() && isToldOfNearer(nearest.remaining(), seconds, response)) {
            return;
        }
        response.setHeader(LIMIT, Long.toString(nearest.policy().permits()));
        response.setHeader(REMAINING, Long.toString(nearest.remaining()));
        if (seconds != WholeSeconds.UNTOLD) {
            response.setHeader(RESET, Long.toString(seconds));
        }
    }

    /** The limit with the fewest permits left, of several the one with the longest wait; null if nobody counted. */
    private static @Nullable QuotaStatus nearestToRefusal(Decision decision) {
        QuotaStatus nearest = null;
        for (QuotaStatus status : decision.quotas()) {
            if (nearest == null || isNearer(status, nearest, decision)) {
                nearest = status;
            }
        }
        return nearest;
    }

    private static boolean isNearer(QuotaStatus one, QuotaStatus other, Decision decision) {
        if (one.refused() != other.refused()) {
            return one.refused();
        }
        return one.remaining() != other.remaining()
                ? one.remaining() < other.remaining()
                : WholeSeconds.untilReset(one, decision) > WholeSeconds.untilReset(other, decision);
    }

    /** By another filter. */
    private static boolean isToldOfNearer(long remaining, long seconds, HttpServletResponse response) {
        long told = number(response.getHeader(REMAINING), Long.MAX_VALUE);
        return told == remaining ? number(response.getHeader(RESET), WholeSeconds.UNTOLD) >= seconds : told < remaining;
    }

    private static long number(@Nullable String field, long otherwise) {
        if (field == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(field);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
