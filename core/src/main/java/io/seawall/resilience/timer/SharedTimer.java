package io.seawall.resilience.timer;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The timer of an application, with one thread. It begins with an alarm, and ends when there has been none for a while or
 * the timer is closed.
 */
public final class SharedTimer implements Timer, AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;

    /**
     * A timer.
     *
     * @param threads makes its thread; which should be a daemon
     * @param nanoTime the clock of the alarms, as {@link System#nanoTime}
     * @param idle how long the thread stays without an alarm
     */
    public SharedTimer(ThreadFactory threads, LongSupplier nanoTime, Duration idle) {
        executor = new ScheduledThreadPoolExecutor(1, threads);
        // Nearly every alarm is called off: it must not wait in the queue for a time-out that never comes.
        executor.setRemoveOnCancelPolicy(true);
        // A container that fails to start an application may never say that it is over.
        executor.setKeepAliveTime(idle.toNanos(), TimeUnit.NANOSECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /** An alarm that comes after {@link #close} never rings: the calls of an application that is going down have no limit. */
    @Override
    public void set(Alarm alarm, long delayNanos) {
        try {
            alarm.planned = executor.schedule(alarm::ring, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // nothing rings any more
        }
    }

    @Override
    public void unset(Alarm alarm) {
        Future<?> planned = alarm.planned;
        if (planned != null) {
            planned.cancel(false);
        }
    }

    /** How many alarms are set. */
    int inFlight() {
        return executor.getQueue().size();
    }

    /** Takes no more alarms; those that are set still ring, and with the last of them the thread ends. Safe to call twice. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
