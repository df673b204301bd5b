package io.seawall.redis;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What one thread asks of Redis, once, and how it waits for the answer: no longer than to its deadline, whatever becomes of those
 * who ask for it. It stands on the stack of a {@link Combiner} until somebody takes it along, or until its thread is told to lead.
 *
 * <p>The thread that asks waits here; what others do with a call is said at each method.
 */
abstract class Call {

    private sealed interface Stage {}

    private enum Mark implements Stage {
        /** On the stack. */
        WAITING,
        /** A leader sends it. */
        TAKEN,
        ANSWERED,
        FAILED,
        /** Its thread has given up. What comes now is dropped. */
        ABANDONED
    }

    /** Its own thread is to lead. The lane is in the stage, since several may be offered at once. */
    private record Leading(Lane lane) implements Stage {}

    private final Deadline deadline;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Mark.WAITING);
    private final Thread thread = Thread.currentThread();
    private @Nullable RedisFailure failure;

    /** The one below it on the stack. Written before it is pushed. */
    @Nullable
    Call below;

    /**
     * A call of the thread that makes it.
     *
     * @param deadline until when it waits
     */
    Call(Deadline deadline) {
        this.deadline = deadline;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Takes the call along. False: somebody else has, or its thread has given up. */
    boolean take() {
        return stage.compareAndSet(Mark.WAITING, Mark.TAKEN);
    }

    /** Makes its thread lead, with a lane that is the caller's to give. False: the lane still is. */
    boolean lead(Lane free) {
        if (stage.compareAndSet(Mark.WAITING, new Leading(free))) {
            LockSupport.unpark(thread);
            return true;
        }
        return false;
    }

    /** Of a leader: the answer is there, and is in the call. */
    void answered() {
        end(Mark.ANSWERED);
    }

    /** Of a leader, or of whoever finds out that nobody leads. */
    public void failed(RedisFailure reason) {
        // The first reason stays: what comes after it is why the others failed.
        if (isOpen(stage.get())) {
            failure = reason;
            end(Mark.FAILED);
        }
    }

    private static boolean isOpen(@Nullable Stage stage) {
        return stage == Mark.WAITING || stage == Mark.TAKEN || stage instanceof Leading;
    }

    private void end(Mark ended) {
        Stage before = stage.get();
        if (isOpen(before) && stage.compareAndSet(before, ended) && thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Waits until there is an answer, or until the thread is to lead.
     *
     * @return the lane to lead with; null: the answer is there
     * @throws RedisFailure if the deadline has come, or a leader has failed
     */
    @Nullable
    Lane await() {
        boolean interrupted = false;
        try {
            while (true) {
                Stage now = stage.get();
                if (now instanceof Leading leading) {
                    return leading.lane;
                }
                if (now == Mark.ANSWERED) {
                    return null;
                }
                if (now == Mark.FAILED) {
                    throw failure();
                }
                long left = deadline.leftNanos();
                if (left <= 0) {
                    giveUp();
                } else {
                    LockSupport.parkNanos(this, left);
                    // Park does not sleep while the flag is set. The deadline is near, and the caller gets the flag
                    // back.
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** After it was led, or failed while it was. */
    void requireAnswer() {
        if (stage.get() == Mark.FAILED) {
            throw failure();
        }
    }

    private RedisFailure failure() {
        RedisFailure reason = failure;
        // Of another thread's making, so with this one's own trace.
        return reason == null
                ? new RedisFailure("no answer")
                : new RedisFailure(String.valueOf(reason.getMessage()), reason);
    }

    private void giveUp() {
        if (stage.compareAndSet(Mark.WAITING, Mark.ABANDONED)) {
            throw new RedisFailure("all connections were in use until the time-out; nothing was charged");
        }
        if (stage.compareAndSet(Mark.TAKEN, Mark.ABANDONED)) {
            throw new RedisFailure("no answer until the time-out");
        }
    }
}
