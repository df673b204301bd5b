package io.seawall.benchmarks.redis;

import java.time.Duration;
import java.util.List;

/**
 * How much time is spent.
 *
 * @param rounds in which each contender is measured once
 * @param roundMillis how long one takes where there are many clients; elsewhere half as long is enough
 * @param manyClients how many those are
 * @param sizes with how many clients the growth of the cost is measured
 * @param memoryClients how many use up their limit evenly, for what they take in Redis
 * @param memoryWindow in which they do. All contenders remember the same of a short window as of a long one
 */
record Effort(
        int rounds, long roundMillis, int manyClients, List<Integer> sizes, int memoryClients, Duration memoryWindow) {

    static final Effort FULL =
            new Effort(7, 2_000, 10_000, List.of(1_000, 10_000, 100_000, 1_000_000), 1_500, Duration.ofSeconds(60));

    /** Shows that everything works, and no more. */
    static final Effort QUICK = new Effort(2, 300, 1_000, List.of(1_000, 10_000), 300, Duration.ofSeconds(6));
}
