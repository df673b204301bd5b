package io.seawall.resilience.circuitbreaker;

import org.jspecify.annotations.Nullable;

/**
 * A state of a circuit. Each holds only its own fields; {@link CircuitBreaker} swaps them with one compare-and-set. Those that
 * let every call through are the {@link Ticket} of each.
 */
abstract class CircuitState {

    final CircuitBreaker breaker;

    /** When the circuit came to it. */
    final long sinceNanos;

    CircuitState(CircuitBreaker breaker) {
        this(breaker, breaker.nowNanos());
    }

    CircuitState(CircuitBreaker breaker, long sinceNanos) {
        this.breaker = breaker;
        this.sinceNanos = sinceNanos;
    }

    /** How many failures it remembers that may still open the circuit. */
    long failures() {
        return 0;
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
