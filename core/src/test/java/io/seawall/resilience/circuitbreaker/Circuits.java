package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.test.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Circuits on a clock that is moved by hand, and what was told of their changes. */
final class Circuits {

    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration NANO = Duration.ofNanos(1);

    final FakeClock clock = new FakeClock();
    final List<State> changes = new CopyOnWriteArrayList<>();
    final List<String> words = new CopyOnWriteArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);

    CircuitBreaker of(BreakerPolicy policy) {
        return of(policy, clock);
    }

    CircuitBreaker of(BreakerPolicy policy, LongSupplier nanoTime) {
        return new CircuitBreaker("payments", policy, nanoTime, () -> random, (from, to, told) -> {
            changes.add(to);
            words.add(told);
        });
    }

    /** Opens on the first failure, for a minute or so. */
    static BreakerPolicy probes(int probes) {
        return policy(new FailureRule(1, SECOND), null, probes);
    }

    static BreakerPolicy rates(RateRule rule) {
        return policy(null, rule, 1);
    }

    static BreakerPolicy policy(@Nullable FailureRule failures, @Nullable RateRule rates, int probes) {
        return new BreakerPolicy(failures, rates, new OpenPeriod(MINUTE, Duration.ofMinutes(5)), probes, List.of());
    }

    /** Fails once, and waits until the open period is over. */
    void openUntilTrial(CircuitBreaker circuit) {
        circuit.enter().onFailure(0, false);
        clock.advance(Target.wait(circuit));
    }
}
