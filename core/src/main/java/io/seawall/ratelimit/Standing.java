package io.seawall.ratelimit;

import java.util.List;

/**
 * Where a client stands with a set of limits, told to somebody who asks for nothing. Immutable.
 *
 * @param limits all of the set, those in shadow too, in their order
 * @param bannedForMicros microseconds until the client is no longer banned by the set; 0: it is not
 */
public record Standing(List<OfLimit> limits, long bannedForMicros) {

    /**
     * Copies the list.
     *
     * @param limits see {@link #limits}
     * @param bannedForMicros see {@link #bannedForMicros}
     */
    public Standing {
        limits = List.copyOf(limits);
    }

    /**
     * Where it stands with one limit.
     *
     * @param policy the limit, as it holds for this client: with the permits of an override, if there is one
     * @param remaining permits that the limit would grant, whether or not the client is banned. What nodes have taken on a lease
     *     counts as used
     */
    public record OfLimit(QuotaPolicy policy, long remaining) {}
}
