package io.seawall.resilience.timeout;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer with one daemon thread, begun with the first task and ended by {@link #close}: one per application. What has no
 * container to give it a thread uses this.
 */
public final class ThreadTimer implements Timer, AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;

    /**
     * A timer.
     *
     * @param threadName of its thread, for example {@code seawall-timer}
     */
    public ThreadTimer(String threadName) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        // Nearly every task is called off: it must not wait in the queue for a time-out that never comes.
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        Future<?> future = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** How many tasks wait for their time. */
    int planned() {
        return executor.getQueue().size();
    }

    /** Drops all planned tasks and ends the thread. Safe to call twice. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
