package io.seawall.ratelimit;

import io.seawall.ratelimit.LimitStore.BoundLimits;

/**
 * What a request asks of one set of limits. A request may have several claims, which are granted together or not at all: those of
 * its client, of its address, of everybody. Immutable.
 *
 * @param limits whose permits are asked for
 * @param client who is counted; any text, told apart exactly
 * @param cost permits to take from each limit, 1 or more
 */
public record Claim(BoundLimits limits, String client, long cost) {

    /**
     * Checks the cost.
     *
     * @param limits see {@link #limits}
     * @param client see {@link #client}
     * @param cost see {@link #cost}
     * @throws IllegalArgumentException if it is less than 1
     */
    public Claim {
        requireCost(cost);
    }

    static long requireCost(long cost) {
        if (cost < 1) {
            throw new IllegalArgumentException("a cost of " + cost + " is not allowed: ask for 1 permit or more");
        }
        return cost;
    }
}
