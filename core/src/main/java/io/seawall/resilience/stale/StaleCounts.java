package io.seawall.resilience.stale;

import io.seawall.metrics.Counter;

/**
 * How often last answers have stood in.
 *
 * @param given counts the calls that have had an old answer
 * @param withoutCall counts those of them that had it at once: nothing further inside has heard of them
 */
public record StaleCounts(Counter given, Counter withoutCall) {

    void onGiven() {
        given.increment();
    }

    void onGivenAtOnce() {
        given.increment();
        withoutCall.increment();
    }
}
