package io.seawall.resilience.circuitbreaker;

/** Somebody has opened the circuit by hand: calls are refused, and nobody knows until when. */
final class ForcedOpenState extends CircuitState {

    ForcedOpenState(CircuitBreaker breaker) {
        super(breaker);
    }

    @Override
    Ticket enter() {
        throw breaker.refusal(null);
    }

    @Override
    boolean isRefusing() {
        return true;
    }

    @Override
    CircuitBreaker.State name() {
        return CircuitBreaker.State.FORCED_OPEN;
    }
}
