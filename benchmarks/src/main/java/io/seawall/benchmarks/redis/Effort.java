package io.seawall.benchmarks.redis;

import java.time.Duration;
import java.util.List;

/**
 * How much time is spent.
 *
 * @param rounds in which each contender is measured once
 * @param roundMillis how long that takes
 * @param warmUpMillis how long each is asked before; most of it is for the compiler
 * @param manyClients how many are many
 * @param sizes with how many clients the growth of the cost is measured
 * @param memoryClients how many use up their limit evenly, for what they take in Redis: so many that what it keeps beside them does not
 *     count, and between two doublings of its hash tables, so that these are as full as they are on average
 * @param memoryWindow in which they do. All contenders remember the same of a short window as of a long one
 */
record Effort(
        int rounds,
        long roundMillis,
        long warmUpMillis,
        int manyClients,
        List<Integer> sizes,
        int memoryClients,
        Duration memoryWindow) {

    static final Effort FULL = new Effort(
            7, 1_000, 4_000, 10_000, List.of(1_000, 10_000, 100_000, 1_000_000), 1_480, Duration.ofSeconds(60));

    /** Shows that everything works, and no more. */
    static final Effort QUICK = new Effort(2, 200, 200, 1_000, List.of(1_000, 10_000), 92, Duration.ofSeconds(6));
}
