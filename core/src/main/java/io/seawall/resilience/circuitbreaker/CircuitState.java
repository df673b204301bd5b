package io.seawall.resilience.circuitbreaker;

import org.jspecify.annotations.Nullable;

/**
 * A state of a circuit. Each holds only its own fields; {@link CircuitBreaker} swaps them with one compare-and-set. Those that
 * let every call through are the {@link Ticket} of each.
 */
abstract class CircuitState {

    final CircuitBreaker breaker;

    CircuitState(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /**
     * Lets a call through.
     *
     * @return where to report the outcome, or null if the circuit has moved on meanwhile
     * @throws CircuitOpenException if the call is refused
     */
    abstract @Nullable Ticket enter();

    /** Whether every call that came now would be refused. */
    boolean isRefusing() {
        return false;
    }

    abstract CircuitBreaker.State name();
}
