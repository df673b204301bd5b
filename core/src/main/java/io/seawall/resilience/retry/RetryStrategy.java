package io.seawall.resilience.retry;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.Sleeper;
import io.seawall.resilience.Strategy;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Calls again after a failure, on the caller's thread. Nothing is allocated, and no clock is read, until a call fails.
 *
 * @param <C> what is called
 */
final class RetryStrategy<C> implements Strategy<C> {

    private final RetryPolicy policy;
    private final Sleeper sleeper;
    private final Supplier<? extends RandomGenerator> random;
    private final Predicate<? super C> allowed;
    private final Strategy<C> inner;

    RetryStrategy(
            RetryPolicy policy,
            Sleeper sleeper,
            Supplier<? extends RandomGenerator> random,
            Predicate<? super C> allowed,
            Strategy<C> inner) {
        this.policy = policy;
        this.sleeper = sleeper;
        this.random = random;
        this.allowed = allowed;
        this.inner = inner;
    }

    @Override
    public @Nullable Object execute(C call, Deadline deadline) throws Exception {
        long waitedNanos = 0;
        for (int retry = 1; ; retry++) {
            try {
                return inner.execute(call, deadline);
            } catch (Exception failure) {
                if (retry > policy.maxRetries() || !policy.retries(failure) || !allowed.test(call)) {
                    throw failure;
                }
                waitedNanos = backOff(retry, waitedNanos, failure);
                if (!allowed.test(call)) {
                    throw failure; // things have changed during the wait
                }
            }
        }
    }

    /** Waits; a thread that is told to stop meanwhile gets the failure at once, and stays interrupted. */
    private long backOff(int retry, long previousNanos, Exception failure) throws Exception {
        long delayNanos = policy.backoff().nextNanos(retry, previousNanos, random.get());
        try {
            sleeper.sleep(delayNanos);
            return delayNanos;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
