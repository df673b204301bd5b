package io.seawall.interceptors.threads;

import io.seawall.resilience.Notice;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.Timer;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A task that is run once, by whoever comes first. Its alarm is that the server has not begun it. */
final class Errand extends Alarm implements Runnable {

    private final Runnable task;
    private final Set<Errand> waiting;
    private final Executor own;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile @Nullable Timer watchedBy;

    /**
     * An errand that waits from now on.
     *
     * @param waiting all that wait; it leaves them when it begins
     * @param own where it is run if the server does not
     */
    Errand(Runnable task, Set<Errand> waiting, Executor own) {
        this.task = task;
        this.waiting = waiting;
        this.own = own;
        waiting.add(this);
    }

    /** Gives the server so much time to begin it. */
    void watch(Timer timer, long patienceNanos) {
        timer.set(this, patienceNanos);
        watchedBy = timer;
    }

    /** No more waiting for the server. */
    void runOnOwn() {
        own.execute(task instanceof Notice ? (Notice) this::run : this);
    }

    /** Nobody is to run it any more. */
    void forget() {
        begin();
    }

    /** Whether the caller is the first. */
    private boolean begin() {
        if (!taken.compareAndSet(false, true)) {
            return false;
        }
        waiting.remove(this);
        Timer timer = watchedBy;
        if (timer != null) {
            timer.unset(this);
        }
        return true;
    }

    @Override
    protected void ring() {
        if (!taken.get()) {
            runOnOwn();
        }
    }

    @Override
    public void run() {
        if (begin()) {
            task.run();
        }
    }
}
