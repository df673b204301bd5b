package io.seawall.resilience.circuitbreaker;

import org.jspecify.annotations.Nullable;

/**
 * A state of a circuit, and the ticket of a call that was let through in it: its outcome counts for this state only. A
 * call that began before a transition can say nothing about what came after it.
 *
 * <p>Each state holds only its own fields. {@link CircuitBreaker} swaps them with one compare-and-set.
 */
abstract class CircuitState {

    final CircuitBreaker breaker;

    CircuitState(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /**
     * Lets a call through.
     *
     * @return the state to report the outcome to, or null if the circuit has moved on meanwhile
     * @throws CircuitOpenException if the call is refused
     */
    abstract @Nullable CircuitState enter();

    abstract void onSuccess();

    abstract void onFailure();

    /** The call ended without a word about the target: it was refused further inside, or its thread was stopped. */
    abstract void onNeutral();

    abstract CircuitBreaker.State name();
}
