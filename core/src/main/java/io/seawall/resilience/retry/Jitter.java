package io.seawall.resilience.retry;

import java.util.random.RandomGenerator;

/**
 * How chance spreads the delays of many callers, so that they do not come back together. Always inside the cap: a delay
 * at the cap is spread like any other. See Marc Brooker, <i>Exponential Backoff And Jitter</i>, AWS Architecture Blog, 2015.
 */
public enum Jitter {

    /**
     * Anything from 0 to the whole delay, evenly. Of the usual kinds it ends a stampede soonest with the fewest calls. The
     * default.
     */
    FULL {
        @Override
        long drawNanos(Backoff backoff, int retry, long previousNanos, RandomGenerator random) {
            return random.nextLong(backoff.grownNanos(retry) + 1);
        }
    },

    /** Half of the delay, and anything from 0 to the other half, evenly: for a target that must be left alone for a while. */
    EQUAL {
        @Override
        long drawNanos(Backoff backoff, int retry, long previousNanos, RandomGenerator random) {
            long grown = backoff.grownNanos(retry);
            long half = grown / 2;
            return half + random.nextLong(grown - half + 1);
        }
    },

    /**
     * Anything from the base to three times the delay before, evenly; the cap cuts this range and not what is drawn of it. How
     * the delays would grow by themselves does not count.
     */
    DECORRELATED {
        @Override
        long drawNanos(Backoff backoff, int retry, long previousNanos, RandomGenerator random) {
            long base = backoff.base().toNanos();
            return random.nextLong(base, backoff.longestAfterNanos(previousNanos) + 1);
        }
    },

    /** The delay as it is: for tests, and for a single caller. */
    NONE {
        @Override
        long drawNanos(Backoff backoff, int retry, long previousNanos, RandomGenerator random) {
            return backoff.grownNanos(retry);
        }
    };

    abstract long drawNanos(Backoff backoff, int retry, long previousNanos, RandomGenerator random);
}
