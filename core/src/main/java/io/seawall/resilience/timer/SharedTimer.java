package io.seawall.resilience.timer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The timer of an application, with one thread. It begins with an alarm, and ends when there has been none for a while, or when
 * the timer is closed and nothing is set any more. It sleeps until something is due, and is woken only for what is due before.
 *
 * <p>Time goes in ticks of 2^20 ns, which is about a millisecond: an alarm never rings early, and rings by one tick late, and by
 * what the system takes to wake a thread.
 */
public final class SharedTimer implements Timer, AutoCloseable {

    private static final Logger LOG = System.getLogger(SharedTimer.class.getName());

    private static final int TICK_BITS = 20;

    /** 73 years. More would run over the edge of the numbers. */
    private static final long MAX_DELAY_NANOS = 1L << 61;

    /** Whoever promised to come a second ago is looked for. */
    private static final long LATE_TICKS = 1_000;

    /** More would only be more to look through. */
    private static final int MAX_WHEELS = 64;

    private final ThreadFactory threads;
    private final LongSupplier nanoTime;
    private final long originNanos;
    private final long idleTicks;
    private final TimerWheels wheels =
            new TimerWheels(wheelsFor(Runtime.getRuntime().availableProcessors()));

    /** Held while the thread begins or ends, or is woken. */
    private final ReentrantLock beginning = new ReentrantLock();

    private @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * A timer.
     *
     * @param threads makes its thread; which should be a daemon
     * @param nanoTime the clock of the alarms, as {@link System#nanoTime}
     * @param idle how long the thread stays without an alarm
     */
    public SharedTimer(ThreadFactory threads, LongSupplier nanoTime, Duration idle) {
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.originNanos = nanoTime.getAsLong();
        this.idleTicks = (idle.toNanos() >> TICK_BITS) + 1;
    }

    /** Four times as many as threads can run, so that few of them meet. */
    private static int wheelsFor(int processors) {
        return Math.min(MAX_WHEELS, 4 * Integer.highestOneBit(2 * processors - 1));
    }

    /** After {@link #close}, too: somebody waits for it, for example a call that is to be made again. */
    @Override
    public void set(Alarm alarm, long delayNanos) {
        long nowNanos = elapsedNanos();
        long dueNanos = nowNanos + Math.min(delayNanos, MAX_DELAY_NANOS);
        boolean first = wheels.add(alarm, (dueNanos >> TICK_BITS) + 1);
        if (first || wheels.promised() < (nowNanos >> TICK_BITS) - LATE_TICKS) {
            try {
                wake();
            } catch (Throwable noThread) {
                wheels.remove(alarm);
                throw noThread;
            }
        }
    }

    @Override
    public void unset(Alarm alarm) {
        wheels.remove(alarm);
        if (closed) {
            wakeIfThere();
        }
    }

    /** How many alarms are set. */
    int inFlight() {
        return wheels.size();
    }

    /**
     * Has the thread end as soon as nothing is set: what is set still rings, and so does what is set from now on. Safe to call
     * twice.
     */
    @Override
    public void close() {
        closed = true;
        wakeIfThere();
    }

    private void wake() {
        beginning.lock();
        try {
            // Dead without a word: a server may end a thread that it has lent before ours begins to run in it.
            if (thread == null || !thread.isAlive()) {
                begin();
            } else {
                LockSupport.unpark(thread);
            }
        } finally {
            beginning.unlock();
        }
    }

    private void wakeIfThere() {
        beginning.lock();
        try {
            LockSupport.unpark(thread);
        } finally {
            beginning.unlock();
        }
    }

    private void begin() {
        boolean begun = false;
        try {
            Thread made = threads.newThread(this::run);
            if (made == null) {
                throw new IllegalStateException("the timer has no thread: its ThreadFactory has returned null");
            }
            thread = made;
            made.start();
            begun = true;
        } finally {
            if (!begun) {
                forgetThread();
            }
        }
    }

    private void run() {
        boolean ended = false;
        try {
            watch();
            ended = true;
        } finally {
            if (!ended) {
                beginning.lock();
                try {
                    forgetThread();
                } finally {
                    beginning.unlock();
                }
            }
        }
    }

    /** Of one that broke: the next alarm has another one begin. */
    private void forgetThread() {
        thread = null;
        wheels.withdraw();
    }

    private void watch() {
        long idleUntil = TimerWheels.NEVER;
        while (true) {
            ring(wheels.takeDue(now()));
            if (wheels.promised() != TimerWheels.NEVER) {
                idleUntil = TimerWheels.NEVER;
            } else if ((closed || now() >= idleUntil) && ends()) {
                return;
            } else {
                idleUntil = now() + idleTicks;
                wheels.lower(idleUntil);
            }
            sleep();
        }
    }

    /** Under the lock: who has set an alarm meanwhile is either seen here, or finds no thread and begins one. */
    private boolean ends() {
        beginning.lock();
        try {
            if (wheels.promised() != TimerWheels.NEVER) {
                return false;
            }
            thread = null;
            return true;
        } finally {
            beginning.unlock();
        }
    }

    /** Until the time that is promised, whoever wakes it before: the promise may have become an earlier one. */
    private void sleep() {
        while (!closed || wheels.size() > 0) {
            // A server interrupts its threads when it stops; calls that are under way then still have their limits.
            Thread.interrupted();
            long leftNanos = (wheels.promised() << TICK_BITS) - elapsedNanos();
            if (leftNanos <= 0) {
                return;
            }
            LockSupport.parkNanos(this, leftNanos);
        }
    }

    private static void ring(@Nullable Alarm due) {
        for (Alarm alarm = due; alarm != null; ) {
            Alarm after = alarm.next;
            alarm.next = null;
            try {
                alarm.ring();
            } catch (Throwable broken) {
                // The others are not to miss their time for it.
                LOG.log(Level.WARNING, "an alarm has failed", broken);
            }
            alarm = after;
        }
    }

    private long now() {
        return elapsedNanos() >> TICK_BITS;
    }

    private long elapsedNanos() {
        return nanoTime.getAsLong() - originNanos;
    }
}
