package io.seawall.resilience.chaos;

import io.seawall.resilience.Percent;
import io.seawall.time.DurationRange;
import java.time.Duration;

/**
 * How a target misbehaves. Immutable; cannot exist wrong.
 *
 * @param delay how much longer a call takes that is hit, 0 to 1 h in whole milliseconds; 0 if and only if no call is
 * @param delayPercent how many of 100 calls take longer, 0 to 100
 * @param failurePercent how many of 100 calls fail, 0 to 100; not both are 0
 */
public record ChaosPolicy(Duration delay, int delayPercent, int failurePercent) {

    private static final DurationRange DELAYS = new DurationRange(Duration.ZERO, Duration.ofHours(1));

    /**
     * Checks the numbers, and that they do something.
     *
     * @param delay see {@link #delay}
     * @param delayPercent see {@link #delayPercent}
     * @param failurePercent see {@link #failurePercent}
     * @throws IllegalArgumentException if one is out of its range, only one of {@code delay} and {@code delayPercent} is 0, or
     *     both parts are 0
     */
    public ChaosPolicy {
        DELAYS.require("delay", delay);
        Percent.require("delayPercent", delayPercent);
        Percent.require("failurePercent", failurePercent);
        if (delay.isZero() != (delayPercent == 0)) {
            throw new IllegalArgumentException("delay is " + delay.toMillis() + "ms and delayPercent is " + delayPercent
                    + ": give both or neither");
        }
        if (delayPercent == 0 && failurePercent == 0) {
            throw new IllegalArgumentException(
                    "delayPercent and failurePercent are both 0: give one of them, or leave chaos out");
        }
    }
}
