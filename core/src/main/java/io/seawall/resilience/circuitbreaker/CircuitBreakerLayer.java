package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;

/**
 * Calls only while the circuit lets it. Calls whose result comes later are handed on as they are.
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
        return inner;
    }
}
