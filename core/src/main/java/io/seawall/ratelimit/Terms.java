package io.seawall.ratelimit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of limits as arithmetic over the numbers of one client: where in them each limit and the penalty have theirs, and what
 * all of them together say. Pure but for these numbers, as {@link Quota} is. Immutable.
 */
final class Terms {

    private final QuotaPolicy[] limits;
    private final Quota[] quotas;
    private final int[] at;
    private final boolean hasShadows;
    private final @Nullable Quota sole;
    private final @Nullable Bans bans;
    private final int bansAt;
    private final int cells;
    private final long mostAtOnce;

    Terms(QuotaPolicies policies) {
        limits = policies.policies().toArray(QuotaPolicy[]::new);
        quotas = new Quota[limits.length];
        at = new int[limits.length];
        boolean shadows = false;
        int next = 0;
        for (int i = 0; i < limits.length; i++) {
            quotas[i] = limits[i].algorithm().quota(limits[i]);
            at[i] = next;
            next += quotas[i].cells();
            shadows |= limits[i].shadow();
        }
        mostAtOnce = policies.policies().stream()
                .filter(limit -> !limit.shadow())
                .mapToLong(limit -> Math.max(1, limit.burst()))
                .min()
                .orElse(Long.MAX_VALUE);
        Penalty penalty = policies.penalty();
        hasShadows = shadows;
        sole = quotas.length == 1 && !shadows ? quotas[0] : null;
        bans = penalty == null ? null : new Bans(penalty);
        bansAt = next;
        cells = next + (bans == null ? 0 : Bans.CELLS);
    }

    /** How many numbers a client has. */
    int cells() {
        return cells;
    }

    /** The most that can be taken at once, 1 at least. */
    long mostAtOnce() {
        return mostAtOnce;
    }

    /** Microseconds until the client is no longer banned; 0: it is not. */
    long bannedForMicros(long[] state, long nowMicros) {
        return bans == null ? 0 : bans.bannedForMicros(state, bansAt, nowMicros);
    }

    /** Microseconds until all enforced limits grant {@code cost} permits; 0: they do. */
    long retryAfterMicros(long[] state, long nowMicros, long cost) {
        long longest = 0;
        for (int i = 0; i < quotas.length; i++) {
            if (!limits[i].shadow()) {
                longest = Math.max(longest, quotas[i].retryAfterMicros(state, at[i], nowMicros, cost));
            }
        }
        return longest;
    }

    /** Takes from all enforced limits, or from none; then those in shadow are charged that grant. Returns the time to wait. */
    long take(long[] state, long nowMicros, long cost) {
        if (sole != null) {
            return sole.take(state, 0, nowMicros, cost);
        }
        long wait = retryAfterMicros(state, nowMicros, cost);
        if (wait == 0) {
            charge(state, nowMicros, cost);
        }
        return wait;
    }

    /** Charges the enforced limits, which have just granted, and of those in shadow the ones that grant. */
    void charge(long[] state, long nowMicros, long cost) {
        for (int i = 0; i < quotas.length; i++) {
            quotas[i].take(state, at[i], nowMicros, cost);
        }
    }

    /** Gives back what was taken by a decision, from the limits that it charged. */
    void refund(long[] state, long nowMicros, long cost, Decision.Allowed decision) {
        for (int i = 0; i < quotas.length; i++) {
            if (decision.hasCharged(limits[i])) {
                quotas[i].refund(state, at[i], nowMicros, cost, decision.atMicros());
            }
        }
    }

    /** Counts a refusal towards a ban. */
    void refused(long[] state, long nowMicros) {
        if (bans != null) {
            bans.refused(state, bansAt, nowMicros);
        }
    }

    /** Adds those in shadow that do not grant {@code cost} permits. */
    void addShadowRefusals(List<QuotaPolicy> refusals, long[] state, long nowMicros, long cost) {
        if (!hasShadows) {
            return;
        }
        for (int i = 0; i < quotas.length; i++) {
            if (limits[i].shadow() && quotas[i].retryAfterMicros(state, at[i], nowMicros, cost) > 0) {
                refusals.add(limits[i]);
            }
        }
    }

    /** Adds where the client stands with each enforced limit after they have granted. */
    void addStatuses(List<QuotaStatus> statuses, long[] state, long nowMicros) {
        for (int i = 0; i < quotas.length; i++) {
            if (!limits[i].shadow()) {
                statuses.add(status(i, state, nowMicros, false, 0));
            }
        }
    }

    /**
     * Adds where the client stands with each enforced limit after a refusal, by these or others.
     *
     * @param cost what was asked for
     * @param bansDecide whether the request was refused since somebody is banned: then only those who ban are to blame
     */
    void addStatusesOfRefusal(List<QuotaStatus> statuses, long[] state, long nowMicros, long cost, boolean bansDecide) {
        long ban = bannedForMicros(state, nowMicros);
        for (int i = 0; i < quotas.length; i++) {
            if (!limits[i].shadow()) {
                boolean refused = bansDecide ? ban > 0 : quotas[i].retryAfterMicros(state, at[i], nowMicros, cost) > 0;
                statuses.add(status(i, state, nowMicros, refused, ban));
            }
        }
    }

    /** Of a banned client no permit is left, and none comes before the ban is over. */
    private QuotaStatus status(int i, long[] state, long nowMicros, boolean refused, long banMicros) {
        return new QuotaStatus(
                limits[i],
                refused,
                banMicros > 0 ? 0 : quotas[i].remaining(state, at[i], nowMicros),
                Math.max(banMicros, quotas[i].retryAfterMicros(state, at[i], nowMicros, 1)),
                Math.max(banMicros, quotas[i].resetAfterMicros(state, at[i], nowMicros)));
    }

    /** Where the client stands with all limits. */
    Standing standing(long[] state, long nowMicros) {
        List<Standing.OfLimit> standings = new ArrayList<>(quotas.length);
        for (int i = 0; i < quotas.length; i++) {
            standings.add(new Standing.OfLimit(limits[i], quotas[i].remaining(state, at[i], nowMicros)));
        }
        return new Standing(standings, bannedForMicros(state, nowMicros));
    }

    /** Microseconds until forgetting the client changes nothing. */
    long forgottenAfterMicros(long[] state, long nowMicros) {
        long longest = bans == null ? 0 : bans.forgottenAfterMicros(state, bansAt, nowMicros);
        for (int i = 0; i < quotas.length; i++) {
            longest = Math.max(longest, quotas[i].resetAfterMicros(state, at[i], nowMicros));
        }
        return longest;
    }
}
