package io.seawall.redis;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that waits to be decided. It may ask for some more like it, for a lease. */
final class DecisionCall extends Call {

    private final List<Claim> claims;
    private final List<byte[]> keys;
    private final Slot slot;
    private final int times;
    private final List<GiveBack> giveBacks;
    private @Nullable Decision decision;
    private @Nullable Grants grants;
    private int firstSpare;
    private int spare;

    /** One request. */
    DecisionCall(List<Claim> claims, Deadline deadline, Slot slot) {
        this(claims, keys(claims), deadline, slot, 1, List.of());
    }

    /**
     * A request, and more like it.
     *
     * @param keys of the claims
     * @param slot where the keys of the claims are
     * @param times how many in all, 1 or more
     * @param giveBacks what Redis is told before it decides
     */
    DecisionCall(
            List<Claim> claims, List<byte[]> keys, Deadline deadline, Slot slot, int times, List<GiveBack> giveBacks) {
        super(deadline);
        this.claims = claims;
        this.keys = keys;
        this.slot = slot;
        this.times = times;
        this.giveBacks = giveBacks;
    }

    /** All keys of claims, in the order in which scripts have them. */
    static List<byte[]> keys(List<Claim> claims) {
        List<byte[]> keys = new ArrayList<>(claims.size());
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            ((RedisLimits) claim.limits()).addKeys(keys, claim.client());
        }
        return keys;
    }

    List<byte[]> keys() {
        return keys;
    }

    List<Claim> claims() {
        return claims;
    }

    Slot slot() {
        return slot;
    }

    int times() {
        return times;
    }

    List<GiveBack> giveBacks() {
        return giveBacks;
    }

    void denied(Decision made) {
        decision = made;
        answered();
    }

    /**
     * The request is granted.
     *
     * @param all it and others
     * @param number of the request among them
     * @param first number of those that were granted beside it
     * @param count how many these are
     */
    void granted(Grants all, int number, int first, int count) {
        decision = all.decision(number, 0);
        grants = all;
        firstSpare = first;
        spare = count;
        answered();
    }

    /** Once it was asked. */
    Decision decision() {
        Decision made = decision;
        if (made == null) {
            throw new IllegalStateException("it was not asked");
        }
        return made;
    }

    /** What it is part of; null: it was refused. */
    @Nullable
    Grants grants() {
        return grants;
    }

    /** The number of the first of those that were granted beside it. */
    int firstSpare() {
        return firstSpare;
    }

    /** How many were granted beside it. */
    int spare() {
        return spare;
    }
}
