package io.seawall.resilience.retry;

import io.seawall.metrics.Counter;
import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.CallMemory;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls again after a failure, and after a result that is not good enough.
 *
 * @param <C> what is called
 */
public final class RetryLayer<C> implements Layer<C> {

    private final RetryRules rules;
    private final RetrySurroundings surroundings;
    private final Predicate<? super C> allowed;
    private final CallMemory<? super C> memory;

    /**
     * A layer.
     *
     * @param target whom the calls are for; for messages
     * @param policy when to retry
     * @param budget of the target; null for none
     * @param retries counts those of all pipelines of the target
     * @param surroundings how to wait and to draw
     * @param allowed whether the call may be made again as things stand around it: asked after a failure and after the wait or,
     *     for a call whose result comes later, once before it, on the caller's thread
     * @param memory what an attempt may change of its call
     */
    public RetryLayer(
            String target,
            RetryPolicy policy,
            @Nullable RetryBudget budget,
            Counter retries,
            RetrySurroundings surroundings,
            Predicate<? super C> allowed,
            CallMemory<? super C> memory) {
        this.rules = new RetryRules(
                target,
                policy,
                budget,
                retries,
                surroundings.random(),
                new RetryAfterReader(surroundings.retryAfter(), surroundings.wallClock()));
        this.surroundings = surroundings;
        this.allowed = allowed;
        this.memory = memory;
    }

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        return new RetryStrategy<>(rules, surroundings.sleeper(), allowed, memory, inner);
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return new AsyncRetryStrategy<>(rules, surroundings, allowed, memory, inner);
    }
}
