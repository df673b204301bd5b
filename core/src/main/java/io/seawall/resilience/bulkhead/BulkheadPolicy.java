package io.seawall.resilience.bulkhead;

import io.seawall.time.DurationRange;
import java.time.Duration;

/**
 * How many calls of a target there may be at a time. Immutable; cannot exist wrong.
 *
 * @param max the calls that are under way at a time, 1 to {@value #MAX}
 * @param maxWait how long a call waits for another to end, 0 to 1 h in whole milliseconds; 0 does not wait. At most {@code max}
 *     calls wait, more are refused
 */
public record BulkheadPolicy(int max, Duration maxWait) {

    /** More than this bounds nothing. */
    public static final int MAX = 100_000;

    private static final DurationRange WAITS = new DurationRange(Duration.ZERO, Duration.ofHours(1));

    /**
     * Checks number and time.
     *
     * @param max see {@link #max}
     * @param maxWait see {@link #maxWait}
     * @throws IllegalArgumentException if {@code max} is not 1 to {@value #MAX}, or {@code maxWait} not 0 to 1 h in whole
     *     milliseconds
     */
    public BulkheadPolicy {
        if (max < 1 || max > MAX) {
            throw new IllegalArgumentException("max is " + max + ": use 1 to " + MAX);
        }
        WAITS.require("maxWait", maxWait);
    }
}
