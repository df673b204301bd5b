package io.seawall.resilience.bulkhead;

import io.seawall.metrics.Counter;
import io.seawall.resilience.Deadline;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many calls of one target are under way, shared by everyone who calls it. Those who wait get their turn in the order
 * in which they came, and nobody overtakes them. Thread-safe.
 *
 * <p>Permits taken and calls that wait are one word. While nobody waits it is changed by CAS alone; once somebody does, by
 * holders of the lock alone. So whoever gives a permit back either sees that somebody waits, and finds him in the queue, or
 * was there before him, and he finds the permit.
 */
public final class Bulkhead {

    /** One permit in {@link #counts}. */
    private static final long PERMIT = 1L << 32;

    /** One call that waits in {@link #counts}. */
    private static final long WAITER = 1;

    /**
     * A place that comes with the end of the deadline is of no use. And a wait must be over before: else the limit of the attempt
     * may end it, as that of a call that was made, and a full bulkhead pass for a slow target.
     */
    private static final long TOO_LATE_NANOS = 5_000_000;

    private final String target;
    private final Counter refused = new Counter();
    private volatile BulkheadPolicy policy;

    /** Permits in the upper half, calls that wait in the lower. */
    private final AtomicLong counts = new AtomicLong();

    /** Of the queue. Held for a few instructions, never while anything of a call runs. */
    private final ReentrantLock lock = new ReentrantLock();

    /** As many as {@link #counts} says, under the lock. */
    private final Queue<Waiter> queue = new ArrayDeque<>();

    /** What became of a call that would wait. */
    enum Turn {
        TAKEN,
        QUEUED,
        REFUSED
    }

    /**
     * A bulkhead without a call.
     *
     * @param target whose calls are counted; for messages
     * @param policy how many there may be
     */
    public Bulkhead(String target, BulkheadPolicy policy) {
        this.target = target;
        this.policy = policy;
    }

    /**
     * How many calls are under way.
     *
     * @return the number at some instant during the call; more than {@link #max} for a while after that became less
     */
    public int inUse() {
        return permits(counts.get());
    }

    /**
     * How many calls wait for another to end.
     *
     * @return the number at some instant during the call
     */
    public int waiting() {
        return waiters(counts.get());
    }

    /**
     * How many calls there may be.
     *
     * @return the number of the policy
     */
    public int max() {
        return policy.max();
    }

    /**
     * How many calls it has refused, at once or after a wait.
     *
     * @return a count since it was made
     */
    public long refused() {
        return refused.sum();
    }

    /**
     * Takes another policy; for {@link io.seawall.resilience.pipeline.Targets}. Calls that are under way go on, and calls
     * that wait do so for as long as they were told. Where there is more room now, they begin at once.
     *
     * @param policy how many there may be
     */
    public void apply(BulkheadPolicy policy) {
        this.policy = policy;
        handOver(0);
    }

    /** Takes a permit if there is one and nobody waits for it. Never waits. */
    boolean tryTake() {
        int max = policy.max();
        for (long seen = counts.get(); waiters(seen) == 0 && permits(seen) < max; seen = counts.get()) {
            if (counts.compareAndSet(seen, seen + PERMIT)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes a permit, and waits for it if need be. On the caller's thread.
     *
     * @throws BulkheadFullException if there was none in time, or too many wait already
     * @throws InterruptedException if the caller was interrupted while waiting; there is no permit to give back then
     */
    void take(Deadline deadline) throws InterruptedException {
        if (tryTake()) {
            return;
        }
        long patience = patienceNanos(deadline);
        if (patience <= 0) {
            throw full();
        }
        Parked waiter = new Parked();
        Turn turn = queue(waiter);
        if (turn == Turn.REFUSED || (turn == Turn.QUEUED && !isGranted(waiter, patience))) {
            throw full();
        }
    }

    /** Gives a permit back, and hands it to whoever has waited longest. */
    void release() {
        for (long seen = counts.get(); waiters(seen) == 0; seen = counts.get()) {
            if (counts.compareAndSet(seen, seen - PERMIT)) {
                return;
            }
        }
        handOver(PERMIT);
    }

    /** How long a call with this deadline may wait, a little less than that leaves; 0 or less for not at all. */
    long patienceNanos(Deadline deadline) {
        long wait = policy.maxWait().toNanos();
        return wait == 0 ? 0 : Math.min(wait, deadline.leftNanos() - TOO_LATE_NANOS);
    }

    /** Refuses a call. */
    BulkheadFullException full() {
        refused.increment();
        return new BulkheadFullException(target, max());
    }

    /** Takes a permit if there is one by now, otherwise lines up if not too many have. */
    Turn queue(Waiter waiter) {
        lock.lock();
        try {
            int max = policy.max();
            while (true) {
                long seen = counts.get();
                if (waiters(seen) == 0 && permits(seen) < max) {
                    if (counts.compareAndSet(seen, seen + PERMIT)) {
                        return Turn.TAKEN;
                    }
                } else if (waiters(seen) >= max) {
                    return Turn.REFUSED;
                } else if (counts.compareAndSet(seen, seen + WAITER)) {
                    lineUp(waiter);
                    return Turn.QUEUED;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void lineUp(Waiter waiter) {
        boolean up = false;
        try {
            queue.add(waiter);
            waiter.queued();
            up = true;
        } finally {
            if (!up) { // its alarm cannot be set: nobody would end its wait
                leave(waiter);
            }
        }
    }

    /**
     * Takes a call out of the queue.
     *
     * @return false if it has, or is about to be told that it has, a permit
     */
    boolean leave(Waiter waiter) {
        lock.lock();
        try {
            // Who leaves is among the first: all wait equally long, unless a deadline is nearer.
            boolean left = queue.remove(waiter);
            if (left) {
                counts.addAndGet(-WAITER);
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    private boolean isGranted(Parked waiter, long patience) throws InterruptedException {
        try {
            return waiter.isGrantedWithin(patience) || !leave(waiter);
        } catch (InterruptedException interrupted) {
            if (!leave(waiter)) {
                release();
            }
            throw interrupted;
        }
    }

    /** Gives back what is free, {@link #PERMIT} or 0, and lets calls of the queue begin while there is room. */
    private void handOver(long free) {
        long back = free;
        for (Waiter next = next(back); next != null; next = next(back)) {
            // A loop, since one after the other may be unable: their executor takes nothing any more.
            back = next.granted() ? 0 : PERMIT;
        }
    }

    private @Nullable Waiter next(long back) {
        lock.lock();
        try {
            long now = counts.addAndGet(-back);
            if (waiters(now) == 0 || permits(now) >= policy.max()) {
                return null;
            }
            counts.addAndGet(PERMIT - WAITER);
            return queue.remove();
        } finally {
            lock.unlock();
        }
    }

    private static int permits(long counts) {
        return (int) (counts >>> 32);
    }

    private static int waiters(long counts) {
        return (int) counts;
    }

    /** A call whose thread waits. */
    private static final class Parked implements Waiter {

        private final CountDownLatch turn = new CountDownLatch(1);

        @Override
        public void queued() {
            // its own thread looks after the time
        }

        @Override
        public boolean granted() {
            turn.countDown();
            return true;
        }

        boolean isGrantedWithin(long nanos) throws InterruptedException {
            return turn.await(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
