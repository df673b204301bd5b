package io.seawall.resilience.stale;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.RetriesOff;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Alarm;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call that is made on another thread, so that its caller need not wait for its end. Its alarm is the soft deadline.
 *
 * @param <C> what is called
 */
final class AwayCall<C> extends Alarm implements Runnable {

    private final Object asked;
    private final C call;
    private final Deadline deadline;
    private final Strategy<C> inner;
    private final KeptAnswers kept;
    private final SlowCalls slow;

    /** Of the caller: the one thing of his thread that comes along, lest a slow target be asked more often for it. */
    private final boolean retriesOff = RetriesOff.here();

    private final AtomicBoolean taken = new AtomicBoolean();

    /** Its end or its soft deadline, whichever is first. */
    private final CountDownLatch awaited = new CountDownLatch(1);

    private final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();

    AwayCall(Object asked, C call, Deadline deadline, Strategy<C> inner, KeptAnswers kept, SlowCalls slow) {
        this.asked = asked;
        this.call = call;
        this.deadline = deadline;
        this.inner = inner;
        this.kept = kept;
        this.slow = slow;
    }

    /** On the other thread; does nothing if it was taken from there. */
    @Override
    public void run() {
        if (!take()) {
            return;
        }
        try {
            Object value = make();
            kept.keep(asked, value);
            outcome.complete(value);
        } catch (Throwable failure) {
            outcome.completeExceptionally(failure);
        } finally {
            slow.end(asked, this);
            awaited.countDown();
        }
    }

    private @Nullable Object make() throws Exception {
        if (!retriesOff) {
            return inner.execute(call, deadline);
        }
        RetriesOff off = RetriesOff.begin();
        try {
            return inner.execute(call, deadline);
        } finally {
            off.end();
        }
    }

    @Override
    protected void ring() {
        awaited.countDown();
    }

    void awaitSoftDeadline() throws InterruptedException {
        try {
            awaited.await();
        } catch (InterruptedException interrupt) {
            abandon();
            throw interrupt;
        }
    }

    /** Whoever gets true makes the call, or has it never made; nobody else does. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    boolean isOver() {
        return outcome.isDone();
    }

    /** Its caller has gone: it goes on, or begins, as a slow one. */
    void leave() {
        slow.add(asked, this);
        if (isOver()) {
            slow.end(asked, this);
        }
    }

    private void abandon() {
        if (!take()) {
            leave();
        }
    }

    /** What it comes to, however long it takes. */
    @Nullable
    Object join() throws Exception {
        try {
            return outcome.get();
        } catch (InterruptedException interrupt) {
            abandon();
            throw interrupt;
        } catch (ExecutionException failed) {
            Throwable failure = failed.getCause();
            if (failure instanceof Error error) {
                throw error;
            }
            throw failure instanceof Exception exception ? exception : failed;
        }
    }
}
