package io.seawall.resilience.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a failed call is made again. Immutable; cannot exist wrong.
 *
 * <p>The delay before retry {@code n} (1, 2, …) is drawn by {@code jitter} from {@code min(max, base · 2^(n-1))}, or from
 * {@code base} where the growth is fixed.
 *
 * @param base the delay before the first retry ahead of jitter, 1 ms to 1 h
 * @param max the cap of all delays, from {@code base} to 1 h
 * @param growth how the delays grow
 * @param jitter how chance spreads the delays
 */
public record Backoff(Duration base, Duration max, Growth growth, Jitter jitter) {

    /** Without a floor a retry is immediate, and a thousand immediate retries are the storm that this prevents. */
    static final Duration LEAST = Duration.ofMillis(1);

    private static final Duration MOST = Duration.ofHours(1);

    /**
     * Checks both delays.
     *
     * @param base see {@link #base}
     * @param max see {@link #max}
     * @param growth see {@link #growth}
     * @param jitter see {@link #jitter}
     * @throws IllegalArgumentException if {@code base} is not 1 ms to 1 h, or {@code max} not {@code base} to 1 h
     */
    public Backoff {
        if (base.compareTo(LEAST) < 0 || base.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("backoff is " + base.toMillis() + "ms: use 1ms to 1h");
        }
        if (max.compareTo(base) < 0 || max.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("maxBackoff is " + max.toMillis() + "ms: use at least backoff, which is "
                    + base.toMillis() + "ms, and at most 1h");
        }
    }

    /**
     * From 100 ms, doubled each time up to 5 s, at a random moment of that time.
     *
     * @return what a plain {@code @Resilient} means
     */
    public static Backoff defaults() {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), Growth.EXPONENTIAL, Jitter.FULL);
    }

    /**
     * Draws a delay.
     *
     * @param retry counts from 1
     * @param previousNanos the delay before the last retry; 0 for the first
     */
    long nextNanos(int retry, long previousNanos, RandomGenerator random) {
        return jitter.drawNanos(this, retry, previousNanos, random);
    }

    /** The longest that all delays of so many retries together may be. At most 100 times 1 h: no overflow. */
    long longestTotalNanos(int retries) {
        long total = 0;
        long previous = 0;
        for (int retry = 1; retry <= retries; retry++) {
            previous = jitter == Jitter.DECORRELATED ? longestAfterNanos(previous) : grownNanos(retry);
            total += previous;
        }
        return total;
    }

    /** This, with delays of at most so much. */
    Backoff cutTo(Duration cap) {
        Duration most = cap.compareTo(LEAST) < 0 ? LEAST : cap;
        return new Backoff(
                base.compareTo(most) < 0 ? base : most, max.compareTo(most) < 0 ? max : most, growth, jitter);
    }

    /** The delay before a retry, ahead of jitter. */
    long grownNanos(int retry) {
        long first = base.toNanos();
        if (growth == Growth.FIXED) {
            return first;
        }
        long cap = max.toNanos();
        int doublings = retry - 1;
        // first << doublings would overflow exactly where first > cap >> doublings says that the cap is reached.
        return doublings >= Long.SIZE - 1 || first > cap >> doublings ? cap : first << doublings;
    }

    /** The longest decorrelated delay after another. */
    long longestAfterNanos(long previousNanos) {
        return Math.min(max.toNanos(), 3 * Math.max(base.toNanos(), previousNanos));
    }
}
