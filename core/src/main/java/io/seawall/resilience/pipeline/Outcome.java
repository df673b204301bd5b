package io.seawall.resilience.pipeline;

import io.seawall.resilience.Failures;
import io.seawall.resilience.RejectedException;

/** What a caller got who did not get what the target answers. A closed set: it is a label. */
enum Outcome {
    /** What the call threw. */
    ERROR("error"),
    /** A limit of time was over. */
    TIME_LIMIT("time-limit"),
    /** The circuit refused the call. */
    CIRCUIT_OPEN("circuit-open"),
    /** The bulkhead refused the call. */
    BULKHEAD_FULL("bulkhead-full"),
    /** The other answer. */
    FALLBACK("fallback"),
    /** An old answer. */
    STALE("stale");

    private static final Outcome[] ALL = values();

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** A refusal of another target, on which this one depends, is a failure like others. */
    static Outcome of(Throwable failure, String target) {
        RejectedException rejected =
                Failures.first(failure, RejectedException.class).orElse(null);
        return rejected != null && rejected.target().equals(target) ? of(rejected.reason()) : ERROR;
    }

    private static Outcome of(String reason) {
        for (Outcome outcome : ALL) {
            if (outcome.text.equals(reason)) {
                return outcome;
            }
        }
        return ERROR;
    }
}
