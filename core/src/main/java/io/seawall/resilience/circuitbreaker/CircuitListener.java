package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;

/** Is told how a circuit changes. Thread-safe, short, and throws nothing: it runs on the thread of a call. */
@FunctionalInterface
public interface CircuitListener {

    /**
     * The circuit has another state, or was reset in the one that it had.
     *
     * @param from its state before
     * @param to its state now; by the time of this call it may have changed once more
     * @param words the same for people, with the name of the target and the reason
     */
    void changed(State from, State to, String words);
}
