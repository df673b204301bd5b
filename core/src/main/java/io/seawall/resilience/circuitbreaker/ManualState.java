package io.seawall.resilience.circuitbreaker;

import org.jspecify.annotations.Nullable;

/** A state that somebody has put the circuit into by hand. It listens to nothing and ends by hand. */
final class ManualState extends CircuitState {

    private final CircuitBreaker.State name;

    ManualState(CircuitBreaker breaker, CircuitBreaker.State name) {
        super(breaker);
        this.name = name;
    }

    @Override
    @Nullable
    CircuitState enter() {
        if (name == CircuitBreaker.State.FORCED_OPEN) {
            throw new CircuitOpenException(breaker.target(), null);
        }
        return this;
    }

    @Override
    void onSuccess() {}

    @Override
    void onFailure() {}

    @Override
    void onNeutral() {}

    @Override
    CircuitBreaker.State name() {
        return name;
    }
}
