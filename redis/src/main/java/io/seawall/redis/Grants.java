package io.seawall.redis;

import io.seawall.ratelimit.Algorithm;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * What Redis has granted, at one instant, to requests that asked the same: they are numbered from 0 on, and each is told what was
 * left at its turn. Immutable.
 *
 * @param limits as they are after the last one
 * @param count how many were granted
 * @param atMicros when, by the clock of Redis
 */
record Grants(List<Limit> limits, int count, long atMicros) {

    /** As {@code sliding-window.lua} cuts a window. */
    private static final int SLICES_PER_WINDOW = 60;

    /**
     * What the script says of a limit.
     *
     * @param status of one that is enforced
     * @param grants of one in shadow: how many it grants
     * @param cost of one request
     */
    record Limit(QuotaStatus status, long grants, long cost) {

        QuotaPolicy policy() {
            return status.policy();
        }
    }

    /**
     * What the one with this number is told.
     *
     * @param elapsedMicros since they were granted, less than {@link #steadyMicros}
     */
    Decision.Allowed decision(int number, long elapsedMicros) {
        List<QuotaStatus> quotas = new ArrayList<>(limits.size());
        // At its turn, those after it had not taken anything yet.
        long later = count - 1L - number;
        for (Limit limit : limits) {
            if (!limit.policy().shadow()) {
                QuotaStatus status = limit.status;
                quotas.add(
                        later == 0 ? last(status, elapsedMicros) : before(status, later * limit.cost, elapsedMicros));
            }
        }
        return new Decision.Allowed(quotas, shadowRefusals(number), atMicros + elapsedMicros, false);
    }

    /** The limits in shadow that would have refused the one with this number. */
    List<QuotaPolicy> shadowRefusals(int number) {
        List<QuotaPolicy> refusals = new ArrayList<>(0);
        for (Limit limit : limits) {
            if (limit.policy().shadow() && number >= limit.grants) {
                refusals.add(limit.policy());
            }
        }
        return refusals;
    }

    /** Also if the next one was refused. */
    private static QuotaStatus last(QuotaStatus status, long elapsed) {
        return new QuotaStatus(
                status.policy(),
                false,
                status.remaining(),
                Denials.left(status.nextPermitMicros(), elapsed),
                Denials.left(status.resetMicros(), elapsed));
    }

    /** What it was before so many permits were taken, but for what happened long ago. */
    static QuotaStatus before(QuotaStatus status, long taken, long elapsed) {
        QuotaPolicy policy = status.policy();
        // What is taken from a bucket flows off one after another; elsewhere all of it leaves together.
        long flow = policy.algorithm() != Algorithm.TOKEN_BUCKET
                ? 0
                : (long) ((double) taken * windowMicros(policy) / policy.permits()); // beyond a long
        long reset = Math.max(0, status.resetMicros() - flow);
        return new QuotaStatus(policy, false, status.remaining() + taken, 0, Denials.left(reset, elapsed));
    }

    /**
     * How long time alone changes nothing: in this time a permit that is used counts as long as one that is taken, and whoever
     * uses one is told what he would be told by Redis.
     *
     * @return microseconds from {@link #atMicros} on; 0 if that is not known
     */
    long steadyMicros() {
        long steady = Long.MAX_VALUE;
        for (Limit limit : limits) {
            steady = Math.min(steady, steadyMicros(limit));
        }
        return steady;
    }

    private long steadyMicros(Limit limit) {
        long window = windowMicros(limit.policy());
        return switch (limit.policy().algorithm()) {
            case SLIDING_WINDOW -> {
                // What is taken in a slice is counted as if it were taken at its end. Slices leave the window when
                // their last
                // microsecond does, wherever that is in this one.
                long slice = Math.max(1, window / SLICES_PER_WINDOW);
                long toNextSlice = slice - Math.floorMod(atMicros, slice);
                long toNextLeaving = slice - Math.floorMod(atMicros + 1 - window, slice);
                yield Math.min(toNextSlice, toNextLeaving);
            }
            case FIXED_WINDOW ->
                limit.policy().shadow() ? window - Math.floorMod(atMicros, window) : limit.status.resetMicros();
            // When one in shadow began is not told.
            case FIXED_WINDOW_FROM_FIRST -> limit.policy().shadow() ? 0 : limit.status.resetMicros();
            case TOKEN_BUCKET -> 0;
        };
    }

    private static long windowMicros(QuotaPolicy policy) {
        return policy.window().toMillis() * 1000;
    }
}
