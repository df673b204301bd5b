package io.seawall.resilience.retry;

import io.seawall.resilience.CallMemory;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.RetriesOff;
import io.seawall.resilience.Sleeper;
import io.seawall.resilience.Strategy;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls again after a failure, on the caller's thread. Nothing is allocated, and no clock is read, until a call fails.
 *
 * @param <C> what is called
 */
final class RetryStrategy<C> implements Strategy<C> {

    private final RetryRules rules;
    private final Sleeper sleeper;
    private final Predicate<? super C> allowed;
    private final CallMemory<? super C> memory;
    private final Strategy<C> inner;

    RetryStrategy(
            RetryRules rules,
            Sleeper sleeper,
            Predicate<? super C> allowed,
            CallMemory<? super C> memory,
            Strategy<C> inner) {
        this.rules = rules;
        this.sleeper = sleeper;
        this.allowed = allowed;
        this.memory = memory;
        this.inner = inner;
    }

    @Override
    public @Nullable Object execute(C call, Deadline deadline) throws Exception {
        rules.onCall();
        Object saved = memory.save(call);
        @Nullable Retries retries = null;
        while (true) {
            @Nullable Object result = null;
            @Nullable Exception failure = null;
            try {
                result = inner.execute(call, deadline);
            } catch (Exception thrown) {
                failure = thrown;
            }
            if (failure == null && !rules.retriesResult(result)) {
                return result;
            }
            if (retries == null) {
                retries = new Retries(rules, deadline, () -> !RetriesOff.here() && allowed.test(call));
            }
            long waitNanos = failure == null ? retries.waitAfterResult() : retries.waitAfterFailure(failure);
            if (waitNanos == Retries.NONE || !waited(waitNanos) || !retries.goesOn()) {
                if (failure != null) {
                    throw failure;
                }
                return result;
            }
            memory.restore(call, saved);
        }
    }

    /** Whether the wait is over; a thread that is told to stop meanwhile stays interrupted. */
    private boolean waited(long nanos) {
        try {
            sleeper.sleep(nanos);
            return true;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
