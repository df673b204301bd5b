package io.seawall.resilience.retry;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.CallMemory;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.RetriesOff;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls again after a failure, without a thread that waits. See {@link AsyncRetry}, of which every call has its own.
 *
 * @param <C> what is called
 */
final class AsyncRetryStrategy<C> implements AsyncStrategy<C> {

    private final RetryRules rules;
    private final RetrySurroundings surroundings;
    private final Predicate<? super C> allowed;
    private final CallMemory<? super C> memory;
    private final AsyncStrategy<C> inner;

    AsyncRetryStrategy(
            RetryRules rules,
            RetrySurroundings surroundings,
            Predicate<? super C> allowed,
            CallMemory<? super C> memory,
            AsyncStrategy<C> inner) {
        this.rules = rules;
        this.surroundings = surroundings;
        this.allowed = allowed;
        this.memory = memory;
        this.inner = inner;
    }

    @Override
    public CompletionStage<@Nullable Object> start(C call, Deadline deadline) {
        rules.onCall();
        AsyncRetry<C> retry;
        try {
            boolean mayRetry = !RetriesOff.here() && allowed.test(call);
            retry = new AsyncRetry<>(rules, surroundings, memory, inner, call, deadline, mayRetry);
        } catch (Throwable broken) {
            return CompletableFuture.failedFuture(broken);
        }
        return retry.start();
    }
}
