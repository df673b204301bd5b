package io.seawall.resilience.pipeline;

import io.seawall.metrics.Counter;
import io.seawall.metrics.SampledDurations;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is counted of a target beside what its circuit, its budget and its bulkhead count themselves. As long as the target is
 * there, whatever becomes of its settings. Thread-safe.
 */
final class TargetCounts {

    /** From what is near to what is given up on. */
    private static final long[] BOUNDS_NANOS = {
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,
        2_500_000_000L,
        5_000_000_000L
    };

    /** Calls that no budget counts: of pipelines that do not retry, or without one, and those that get no further than an old answer. */
    final Counter unbudgeted = new Counter();

    final Counter retries = new Counter();
    final Counter late = new Counter();

    /** Of attempts that the circuit and the bulkhead let through. */
    final SampledDurations attempts;

    private final Map<Outcome, Counter> ended = new EnumMap<>(Outcome.class);
    private final Map<State, Counter> entered = new EnumMap<>(State.class);

    TargetCounts(Surroundings surroundings) {
        attempts = new SampledDurations(surroundings.nanoTime(), surroundings.random(), BOUNDS_NANOS);
        for (Outcome outcome : Outcome.values()) {
            ended.put(outcome, new Counter());
        }
        for (State state : State.values()) {
            entered.put(state, new Counter());
        }
    }

    /** Of calls that have ended so. */
    Counter ended(Outcome outcome) {
        return Objects.requireNonNull(ended.get(outcome));
    }

    /** Of the times that the circuit has come to this state. */
    Counter entered(State state) {
        return Objects.requireNonNull(entered.get(state));
    }
}
