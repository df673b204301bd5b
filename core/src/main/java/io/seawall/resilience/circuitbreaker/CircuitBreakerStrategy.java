package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.Failures;
import io.seawall.resilience.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * Calls only while the circuit lets it, and tells the circuit how the call went. Everything thrown is a failure, but for
 * an interrupt and for calls that were refused further inside: they say nothing about the target.
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
        CircuitState entered = breaker.enter();
        Object result;
        try {
            result = inner.execute(call, deadline);
        } catch (Throwable failure) {
            if (saysNothing(failure)) {
                entered.onNeutral();
            } else {
                entered.onFailure();
            }
            throw failure;
        }
        entered.onSuccess();
        return result;
    }

    private static boolean saysNothing(Throwable failure) {
        return Failures.any(failure, InterruptedException.class::isInstance) || Failures.notAttempted(failure);
    }
}
