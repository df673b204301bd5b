package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Failures;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;

/**
 * Calls only while the circuit lets it, and tells the circuit how each call went.
 *
 * <p>Everything thrown is a failure, but for what says nothing about the target: an interrupt, a refusal further inside, what is
 * {@linkplain Failures#isCallersFault the caller's fault}, and what the policy ignores. A call whose result comes later counts when
 * that comes.
 *
 * @param <C> what is called
 */
public final class CircuitBreakerLayer<C> implements Layer<C> {

    private final CircuitBreaker breaker;

    /**
     * A layer.
     *
     * @param breaker the circuit of the target
     */
    public CircuitBreakerLayer(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        return new CircuitBreakerStrategy<>(breaker, inner);
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return new AsyncCircuitBreakerStrategy<>(breaker, inner);
    }
}
