package io.seawall.resilience.circuitbreaker;

import io.seawall.time.DurationText;
import java.time.Duration;

/**
 * How long calls are refused before one is tried. Spread by ±10 %, so that the nodes do not try together. Immutable; cannot
 * exist wrong.
 *
 * @param first the time after the circuit has opened, 1 ms to 1 h in whole milliseconds
 * @param longest the time is doubled whenever what was tried has failed, up to this: from {@code first} to 1 h in whole
 *     milliseconds
 */
public record OpenPeriod(Duration first, Duration longest) {

    /** One trial a minute is no load for anybody, and a target that is well again should not be left alone for longer. */
    private static final Duration USUAL_LONGEST = Duration.ofMinutes(1);

    /**
     * Checks both times.
     *
     * @param first see {@link #first}
     * @param longest see {@link #longest}
     * @throws IllegalArgumentException if one is not 1 ms to 1 h in whole milliseconds, or {@code longest} is shorter than
     *     {@code first}
     */
    public OpenPeriod {
        FailureRule.TIMES.require("openFor", first);
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("maxOpenFor is " + longest.toMillis()
                    + "ms: use at least openFor, which is " + DurationText.format(first));
        }
        FailureRule.TIMES.require("maxOpenFor", longest);
    }

    /**
     * 30 s, up to 1 minute.
     *
     * @return what a plain {@code @Resilient} means
     */
    public static OpenPeriod defaults() {
        return startingAt(Duration.ofSeconds(30));
    }

    /**
     * A period that grows up to 1 minute, or not at all if it is longer than that from the start.
     *
     * @param first the time after the circuit has opened, 1 ms to 1 h in whole milliseconds
     * @return the period
     * @throws IllegalArgumentException if it is out of its range
     */
    public static OpenPeriod startingAt(Duration first) {
        return new OpenPeriod(first, first.compareTo(USUAL_LONGEST) < 0 ? USUAL_LONGEST : first);
    }
}
