package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * Calls only while the circuit lets it, and tells the circuit how the call went.
 *
 * @param <C> what is called
 */
final class CircuitBreakerStrategy<C> implements Strategy<C> {

    private final CircuitBreaker breaker;
    private final Strategy<C> inner;

    CircuitBreakerStrategy(CircuitBreaker breaker, Strategy<C> inner) {
        this.breaker = breaker;
        this.inner = inner;
    }

    @Override
    public @Nullable Object execute(C call, Deadline deadline) throws Exception {
        Ticket ticket = breaker.enter();
        long startedAtNanos = breaker.startNanos(ticket);
        Object result;
        try {
            result = inner.execute(call, deadline);
        } catch (Throwable failure) {
            breaker.onFailure(ticket, startedAtNanos, failure);
            throw failure;
        }
        ticket.onSuccess(startedAtNanos);
        return result;
    }
}
