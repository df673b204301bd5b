package io.seawall.resilience.timer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Several wheels, each behind a lock of its own, and the promise of whoever watches them: to look again at a tick. Thread-safe.
 *
 * <p>A thread keeps to one wheel and finds its lock free, or takes the next one that is: callers do not wait for each other, nor
 * for the thread that takes out what is due.
 *
 * <p>The promise is what makes it cheap to set an alarm: only one that is due before it must wake the watcher. It is kept also
 * when the alarm that it was made for is called off, as nearly all are. Otherwise, of calls that come one after the other, each
 * would find a watcher who has promised nothing, and wake him.
 */
final class TimerWheels {

    /** Nothing is promised: every alarm is to be told. */
    static final long NEVER = TimerWheel.NEVER;

    private static final int HASH_BITS = 24;

    private static final class Stripe {

        final ReentrantLock lock = new ReentrantLock();
        final TimerWheel wheel = new TimerWheel();
    }

    private final Stripe[] stripes;
    private final int shift;
    private final AtomicLong promised = new AtomicLong(NEVER);

    /**
     * Wheels without alarms.
     *
     * @param count how many, a power of two
     */
    TimerWheels(int count) {
        stripes = new Stripe[count];
        shift = HASH_BITS - Integer.numberOfTrailingZeros(count);
        Arrays.setAll(stripes, index -> new Stripe());
    }

    /**
     * Adds an alarm.
     *
     * @return true if whoever watches has promised to come later only, and must be told of the new promise
     */
    boolean add(Alarm alarm, long tick) {
        int index = lockFree();
        Stripe stripe = stripes[index];
        long due;
        try {
            alarm.stripe = (short) index;
            stripe.wheel.add(alarm, tick);
            due = alarm.tick;
        } finally {
            stripe.lock.unlock();
        }
        // After the alarm is there: whoever looks once more before he promises something later has found it.
        return lower(due);
    }

    /** Removes an alarm. Does nothing to one that is about to ring. */
    void remove(Alarm alarm) {
        Stripe stripe = stripes[alarm.stripe];
        stripe.lock.lock();
        try {
            stripe.wheel.remove(alarm);
        } finally {
            stripe.lock.unlock();
        }
    }

    /**
     * Takes out what is due, and promises to come again when the next one is. One thread at a time.
     *
     * @return the alarms, linked by {@code next}
     */
    @Nullable
    Alarm takeDue(long tick) {
        // Before the first look: whatever is added behind the back of this loop lowers the promise itself.
        withdraw();
        long next = NEVER;
        Alarm due = null;
        for (Stripe stripe : stripes) {
            stripe.lock.lock();
            try {
                due = stripe.wheel.takeDue(tick, due);
                next = Math.min(next, stripe.wheel.nextTick());
            } finally {
                stripe.lock.unlock();
            }
        }
        lower(next);
        return due;
    }

    /** When whoever watches is going to come. */
    long promised() {
        return promised.get();
    }

    /**
     * Promises to come no later than this.
     *
     * @return whether the promise was for later until now
     */
    boolean lower(long tick) {
        for (long before = promised.get(); tick < before; before = promised.get()) {
            if (promised.compareAndSet(before, tick)) {
                return true;
            }
        }
        return false;
    }

    /** There is nobody who watches: the next alarm is to be told, whenever it is due. */
    void withdraw() {
        promised.set(NEVER);
    }

    /** How many alarms are set. */
    int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            stripe.lock.lock();
            try {
                size += stripe.wheel.size();
            } finally {
                stripe.lock.unlock();
            }
        }
        return size;
    }

    /** Locks the wheel of the calling thread, or another one if somebody else holds it. */
    private int lockFree() {
        int mask = stripes.length - 1;
        // Fibonacci hashing, of which the highest bits are the good ones: numbers of threads that follow each other,
        // also at
        // even distances, are spread evenly.
        int home =
                (int) ((Thread.currentThread().getId() * 0x9E37_79B9_7F4A_7C15L) >>> (Long.SIZE - HASH_BITS)) >>> shift;
        for (int i = 0; i <= mask; i++) {
            int index = (home + i) & mask;
            if (stripes[index].lock.tryLock()) {
                return index;
            }
        }
        stripes[home].lock.lock();
        return home;
    }
}
