package io.seawall.resilience.bulkhead;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Notice;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Starts calls with a permit, which it gives back when the stage of the call ends, whatever its caller was told meanwhile: a
 * call that is late is still under way. A wait takes no thread.
 *
 * @param <C> what is called
 */
final class AsyncBulkheadStrategy<C> implements AsyncStrategy<C> {

    private final Bulkhead bulkhead;
    private final Timer timer;
    private final Executor executor;
    private final AsyncStrategy<C> inner;

    AsyncBulkheadStrategy(Bulkhead bulkhead, Timer timer, Executor executor, AsyncStrategy<C> inner) {
        this.bulkhead = bulkhead;
        this.timer = timer;
        this.executor = executor;
        this.inner = inner;
    }

    @Override
    public CompletionStage<@Nullable Object> start(C call, Deadline deadline) {
        CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        if (bulkhead.tryTake()) {
            begin(call, deadline, result);
            return result;
        }
        long patience = bulkhead.patienceNanos(deadline);
        Bulkhead.Turn turn;
        try {
            turn = patience <= 0 ? Bulkhead.Turn.REFUSED : bulkhead.queue(new Queued(call, deadline, patience, result));
        } catch (Throwable noThread) { // its alarm cannot be set
            return CompletableFuture.failedFuture(noThread);
        }
        switch (turn) {
            case TAKEN -> begin(call, deadline, result);
            case REFUSED -> result.completeExceptionally(bulkhead.full());
            case QUEUED -> {
                // its turn or its alarm goes on with it
            }
        }
        return result;
    }

    /** Makes a call that holds a permit. */
    private void begin(C call, Deadline deadline, CompletableFuture<@Nullable Object> result) {
        CompletionStage<@Nullable Object> stage;
        try {
            stage = inner.start(call, deadline);
        } catch (Throwable failure) {
            // No strategy throws, but the memory may be out, and a permit must not go with it.
            bulkhead.release();
            result.completeExceptionally(failure);
            return;
        }
        // Before the caller hears of it, who may call again at once. Not the stage that this returns: it would wrap
        // failures.
        stage.handle((value, failure) -> {
            bulkhead.release();
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
            return null;
        });
    }

    /** A call that waits for a permit. Its alarm is the end of the wait. */
    private final class Queued extends Alarm implements Waiter {

        private final C call;
        private final Deadline deadline;
        private final long patience;
        private final CompletableFuture<@Nullable Object> result;

        Queued(C call, Deadline deadline, long patience, CompletableFuture<@Nullable Object> result) {
            this.call = call;
            this.deadline = deadline;
            this.patience = patience;
            this.result = result;
        }

        /** Under the lock, so that the alarm is set before somebody calls it off. */
        @Override
        public void queued() {
            timer.set(this, patience);
        }

        @Override
        public boolean granted() {
            timer.unset(this);
            try {
                executor.execute(() -> begin(call, deadline, result));
                return true;
            } catch (Throwable noThread) { // closed, or the machine has none left: the permit must not go with it
                result.completeExceptionally(noThread);
                return false;
            }
        }

        @Override
        protected void ring() {
            if (bulkhead.leave(this)) {
                refuse();
            }
        }

        /** What hangs on the result is the application's, which has no business on the thread of the timer. */
        private void refuse() {
            BulkheadFullException full = bulkhead.full();
            try {
                executor.execute((Notice) () -> result.completeExceptionally(full));
            } catch (Throwable noThread) {
                result.completeExceptionally(full);
            }
        }
    }
}
