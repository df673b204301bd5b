package io.seawall.resilience.pipeline;

import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the callers of one dependency share: its circuit. One per application. Thread-safe.
 */
public final class Targets {

    private final LongSupplier nanoTime;
    private final Supplier<? extends RandomGenerator> random;
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    /** On the system's clock and chance. */
    public Targets() {
        this(System::nanoTime, ThreadLocalRandom::current);
    }

    /**
     * On a clock and a source of chance.
     *
     * @param nanoTime monotonic time in nanoseconds since any origin
     * @param random asked on the calling thread
     */
    public Targets(LongSupplier nanoTime, Supplier<? extends RandomGenerator> random) {
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /**
     * The circuit of a target: the same one for everyone who names it.
     *
     * @param target the name of the dependency
     * @param policy when it opens
     * @return the circuit
     * @throws IllegalArgumentException if the target has a circuit with another policy
     */
    public CircuitBreaker breaker(String target, BreakerPolicy policy) {
        CircuitBreaker breaker = breakers.computeIfAbsent(
                target, name -> new CircuitBreaker(name, policy, nanoTime, random, state -> {}));
        if (!breaker.policy().equals(policy)) {
            throw new IllegalArgumentException("target '" + target + "' has one circuit and two rules for it: "
                    + breaker.policy() + " and " + policy + "; give both places the same, or another target");
        }
        return breaker;
    }

    /**
     * The circuit of a target, if it has one.
     *
     * @param target the name of the dependency
     * @return the circuit
     */
    public Optional<CircuitBreaker> breaker(String target) {
        return Optional.ofNullable(breakers.get(target));
    }
}
