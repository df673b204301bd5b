package io.seawall.resilience.retry;

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
public final class RetryStrategy<C> implements Strategy<C> {

    private final RetryPolicy policy;
    private final Sleeper sleeper;
    private final Supplier<? extends RandomGenerator> random;
    private final Predicate<? super C> allowed;
    private final Strategy<C> inner;

    /**
     * Wraps a strategy.
     *
     * @param policy when to retry
     * @param sleeper how to wait
     * @param random the source of chance for the calling thread
     * @param allowed asked after a failure and after the wait whether the call may be made again as things stand around it
     * @param inner one attempt
     */
    public RetryStrategy(
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
    public @Nullable Object execute(C call) throws Exception {
        for (int retry = 1; ; retry++) {
            try {
                return inner.execute(call);
            } catch (Exception failure) {
                if (retry > policy.maxRetries() || !policy.retries(failure) || !allowed.test(call)) {
                    throw failure;
                }
                backOff(retry, failure);
                if (!allowed.test(call)) {
                    throw failure; // things have changed during the wait
                }
            }
        }
    }

    /** Waits; a thread that is told to stop meanwhile gets the failure at once, and stays interrupted. */
    private void backOff(int retry, Exception failure) throws Exception {
        try {
            sleeper.sleep(policy.delayNanos(retry, random.get()));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
