package io.seawall.resilience.retry;

import java.util.random.RandomGenerator;

/**
 * How chance spreads the delays of many callers, so that they do not come back together. Always inside the cap: a delay
 * at the cap is spread like any other.
 */
public enum Jitter {

    /**
     * Anything from 0 to the whole delay, evenly. Of the usual kinds it ends a stampede soonest with the fewest calls; see
     * Marc Brooker, <i>Exponential Backoff And Jitter</i>, AWS Architecture Blog, 2015. The default.
     */
    FULL {
        @Override
        long spread(long delayNanos, RandomGenerator random) {
            return random.nextLong(delayNanos + 1);
        }
    },

    /** The delay as it is: for tests, and for a single caller. */
    NONE {
        @Override
        long spread(long delayNanos, RandomGenerator random) {
            return delayNanos;
        }
    };

    abstract long spread(long delayNanos, RandomGenerator random);
}
