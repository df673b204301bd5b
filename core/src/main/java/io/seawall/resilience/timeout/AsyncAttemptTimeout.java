package io.seawall.resilience.timeout;

import io.seawall.metrics.Counter;
import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Notice;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Fails a call whose result does not come in time. The call goes on; what it comes to then is dropped. No thread waits.
 *
 * @param <C> what is called
 */
final class AsyncAttemptTimeout<C> implements AsyncStrategy<C> {

    private final String target;
    private final TimeLimit own;
    private final Timer timer;
    private final Executor executor;
    private final Counter late;
    private final AsyncStrategy<C> inner;

    AsyncAttemptTimeout(
            String target,
            @Nullable Duration limit,
            Timer timer,
            Executor executor,
            Counter late,
            AsyncStrategy<C> inner) {
        this.target = target;
        this.own = TimeLimit.of(limit);
        this.timer = timer;
        this.executor = executor;
        this.late = late;
        this.inner = inner;
    }

    @Override
    public CompletionStage<@Nullable Object> start(C call, Deadline deadline) {
        TimeLimit time = own.within(deadline);
        if (time.isNone()) {
            return inner.start(call, deadline);
        }
        if (time.isOver()) {
            return CompletableFuture.failedFuture(time.overBefore(target));
        }
        CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
        // Elsewhere than on the thread of the timer: what the application does with the failure may take long.
        Alarm alarm = new Alarm() {
            @Override
            protected void ring() {
                try {
                    executor.execute((Notice) this::fail);
                } catch (
                        Throwable noThread) { // closed, or the machine has none left: nobody else would tell the caller
                    fail();
                }
            }

            private void fail() {
                if (outcome.completeExceptionally(time.exceeded(target, null))) {
                    late.increment();
                }
            }
        };
        try {
            timer.set(alarm, time.nanos());
        } catch (Throwable noThread) {
            return CompletableFuture.failedFuture(noThread);
        }
        inner.start(call, deadline).handle((result, failure) -> {
            timer.unset(alarm);
            if (failure == null) {
                outcome.complete(result);
            } else {
                outcome.completeExceptionally(failure);
            }
            return null;
        });
        return outcome;
    }
}
