package io.seawall.resilience.timeout;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer with one daemon thread, for an application that has no container to give it one. The thread begins with a task,
 * and ends when there has been none for 10 seconds or the timer is closed.
 */
public final class ThreadTimer implements Timer, AutoCloseable {

    private static final int IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor executor;

    /**
     * A timer.
     *
     * @param threadName of its thread, for example {@code seawall-timer}
     */
    public ThreadTimer(String threadName) {
        this(threadName, IDLE_SECONDS);
    }

    ThreadTimer(String threadName, int idleSeconds) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        // Nearly every task is called off: it must not wait in the queue for a time-out that never comes.
        executor.setRemoveOnCancelPolicy(true);
        // A container that fails to start an application may never say that it is over.
        executor.setKeepAliveTime(idleSeconds, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /** A task that comes after {@link #close} is never run: the calls of an application that is going down have no limit. */
    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        try {
            Future<?> future = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    /** How many tasks wait for their time. */
    int planned() {
        return executor.getQueue().size();
    }

    /** Takes no more tasks; those that are planned still run, and with the last of them the thread ends. Safe to call twice. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
