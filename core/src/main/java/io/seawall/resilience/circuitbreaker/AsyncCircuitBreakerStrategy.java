package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Starts calls only while the circuit lets it, and tells the circuit how each went before anyone else hears of it.
 *
 * @param <C> what is called
 */
final class AsyncCircuitBreakerStrategy<C> implements AsyncStrategy<C> {

    private final CircuitBreaker breaker;
    private final AsyncStrategy<C> inner;

    AsyncCircuitBreakerStrategy(CircuitBreaker breaker, AsyncStrategy<C> inner) {
        this.breaker = breaker;
        this.inner = inner;
    }

    @Override
    public CompletionStage<@Nullable Object> start(C call, Deadline deadline) {
        Ticket ticket;
        try {
            ticket = breaker.enter();
        } catch (CircuitOpenException refused) {
            return CompletableFuture.failedStage(refused);
        }
        long startedAtNanos = breaker.startNanos(ticket);
        // A stage of our own: one that depends on another would wrap its failure.
        CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
        inner.start(call, deadline).handle((result, failure) -> {
            if (failure == null) {
                ticket.onSuccess(startedAtNanos);
                outcome.complete(result);
            } else {
                breaker.onFailure(ticket, startedAtNanos, failure);
                outcome.completeExceptionally(failure);
            }
            return null;
        });
        return outcome;
    }
}
