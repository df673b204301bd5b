package io.seawall.resilience.circuitbreaker;

import io.seawall.time.DurationRange;
import io.seawall.time.DurationText;
import java.time.Duration;

/**
 * The circuit opens on so many failures in a time. Exact. Immutable; cannot exist wrong.
 *
 * @param failures the circuit opens <i>on</i> this failure, 1 to {@value #MAX_FAILURES}
 * @param within the time that the failures must fall into, 1 ms to 1 h in whole milliseconds; one exactly this old is out
 */
public record FailureRule(int failures, Duration within) {

    /** The instants of this many failures are remembered: 8 bytes each. */
    public static final int MAX_FAILURES = 1000;

    static final DurationRange TIMES = new DurationRange(Duration.ofMillis(1), Duration.ofHours(1));

    /**
     * Checks number and time.
     *
     * @param failures see {@link #failures}
     * @param within see {@link #within}
     * @throws IllegalArgumentException if {@code failures} is not 1 to {@value #MAX_FAILURES}, or {@code within} not 1 ms to 1 h
     *     in whole milliseconds
     */
    public FailureRule {
        if (failures < 1 || failures > MAX_FAILURES) {
            throw new IllegalArgumentException("failures is " + failures + ": use 1 to " + MAX_FAILURES);
        }
        TIMES.require("within", within);
    }

    /**
     * For people.
     *
     * @return as {@code 5 failures within 30s}
     */
    String words() {
        return failures + (failures == 1 ? " failure" : " failures") + " within " + DurationText.format(within);
    }

    /**
     * 5 failures in 30 s.
     *
     * @return what a plain {@code @Resilient} means
     */
    public static FailureRule defaults() {
        return new FailureRule(5, Duration.ofSeconds(30));
    }
}
