package io.seawall.redis;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that waits to be decided. It may ask for some more like it, for a lease. */
final class DecisionCall extends Call {

    private final List<Claim> claims;
    private final Slot slot;
    private final int times;
    private final List<GiveBack> giveBacks;
    private @Nullable Decision decision;
    private @Nullable Grants grants;
    private int firstSpare;
    private int spare;

    DecisionCall(List<Claim> claims, Deadline deadline, Slot slot) {
        this(claims, deadline, slot, 1, List.of());
    }

    /**
     * A request, and more like it.
     *
     * @param slot where the keys of the claims are
     * @param times how many in all, 1 or more
     * @param giveBacks what Redis is told before it decides
     */
    DecisionCall(List<Claim> claims, Deadline deadline, Slot slot, int times, List<GiveBack> giveBacks) {
        super(deadline);
        this.claims = claims;
        this.slot = slot;
        this.times = times;
        this.giveBacks = giveBacks;
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
