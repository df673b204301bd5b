package io.seawall.resilience.stale;

import io.seawall.resilience.Notice;
import io.seawall.resilience.timer.Alarm;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What the caller of a call hears whose result comes later: the result, or an old answer at the soft deadline. Its alarm is that. */
final class LaterOutcome extends Alarm {

    private final Object asked;
    private final KeptAnswers kept;
    private final SoftDeadline softDeadline;
    private final CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();
    private final AtomicBoolean given = new AtomicBoolean();
    private volatile boolean ended;

    LaterOutcome(Object asked, KeptAnswers kept, SoftDeadline softDeadline) {
        this.asked = asked;
        this.kept = kept;
        this.softDeadline = softDeadline;
    }

    CompletionStage<@Nullable Object> stage() {
        return stage;
    }

    /** Given by whoever comes first, at the soft deadline or after a failure; counted once. */
    @Nullable
    Object give(Answer last) {
        return given.compareAndSet(false, true) ? kept.give(last) : last.value();
    }

    void watch() {
        softDeadline.timer().set(this, softDeadline.nanos());
    }

    /** The call is over; its value, if it has one, is kept already. */
    void ended(@Nullable Object value, @Nullable Throwable failure) {
        softDeadline.timer().unset(this);
        ended = true;
        softDeadline.slow().end(asked, this);
        if (failure == null) {
            stage.complete(value);
        } else {
            stage.completeExceptionally(failure);
        }
    }

    /** What hangs on the stage is the application's, which has no business on the thread of the timer. */
    @Override
    protected void ring() {
        try {
            softDeadline.executor().execute((Notice) this::late);
        } catch (Throwable noThread) {
            late();
        }
    }

    private void late() {
        Answer last = kept.youngEnough(asked);
        if (last == null || stage.isDone()) {
            return; // the caller waits on, or has been told
        }
        softDeadline.slow().add(asked, this);
        if (ended) {
            softDeadline.slow().end(asked, this);
        }
        if (stage.complete(last.value())) {
            give(last);
        }
    }
}
