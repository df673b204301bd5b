package io.seawall.interceptors.threads;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A task that is run once, by whoever comes first. */
final class Errand implements Runnable {

    private final Runnable task;
    private final Set<Errand> waiting;
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * An errand that waits from now on.
     *
     * @param waiting all that wait; it leaves them when it begins
     */
    Errand(Runnable task, Set<Errand> waiting) {
        this.task = task;
        this.waiting = waiting;
        waiting.add(this);
    }

    @Override
    public void run() {
        if (taken.compareAndSet(false, true)) {
            waiting.remove(this);
            task.run();
        }
    }
}
