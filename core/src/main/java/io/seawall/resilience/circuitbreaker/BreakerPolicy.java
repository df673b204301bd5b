package io.seawall.resilience.circuitbreaker;

import java.time.Duration;

/**
 * When a circuit opens and for how long. Immutable; cannot exist wrong.
 *
 * @param failures the circuit opens <i>on</i> this failure, 1 to {@value #MAX_FAILURES}
 * @param within the time that the failures must fall into, 1 ms to 1 h in whole milliseconds; one exactly this old is out
 * @param openFor how long calls are refused before the first trial call, as {@code within}; spread by ±10 %, so that the nodes
 *     do not try together, and doubled each time that a trial call fails, up to the longer of this and 5 minutes
 */
public record BreakerPolicy(int failures, Duration within, Duration openFor) {

    /** The instants of this many failures are remembered: 8 bytes each. */
    public static final int MAX_FAILURES = 1000;

    private static final Duration MAX = Duration.ofHours(1);

    public BreakerPolicy {
        if (failures < 1 || failures > MAX_FAILURES) {
            throw new IllegalArgumentException("failures is " + failures + ": use 1 to " + MAX_FAILURES);
        }
        check("within", within);
        check("openFor", openFor);
    }

    /**
     * 5 failures in 30 s, open for 30 s.
     *
     * @return what a plain {@code @Resilient} means
     */
    public static BreakerPolicy defaults() {
        return new BreakerPolicy(5, Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + " is " + value.toMillis() + "ms: use 1ms to 1h");
        }
        if (value.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException(name + " is " + value + ": use whole milliseconds");
        }
    }
}
