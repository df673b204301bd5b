package io.seawall.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Some numbers that only grow, for where even a {@link Counter} costs too much: an atomic instruction waits until everything that the
 * thread has written before is in the cache, which in the middle of a decision takes longer than the counting.
 *
 * <p>So a thread writes to a row of its own, with plain instructions, since nobody else does. It finds the row by its number. Where
 * another thread has that row already, and lives, both can be told apart, and the later one adds to what all such threads share. A
 * thread that has ended leaves its row, with what is in it, to the next one; that sees all of it, by what {@link Thread#isAlive}
 * promises. Nothing is kept in a thread, and no more than 256 threads are known here; those that have ended, until somebody looks:
 * from Java 21 on they hold on to what they have run. Thread-safe; nothing is lost.
 */
public final class ThreadCounts {

    /** A power of two. More than most servers have threads at work, and their numbers follow each other. */
    private static final int ROWS = 256;

    /** Before and after the numbers of a row, 128 bytes: processors fetch lines of 64 in pairs. */
    private static final int PADDING = 16;

    private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(long[].class);

    private final AtomicReferenceArray<@Nullable Row> rows;
    private final int mask;
    private final LongAdder[] shared;

    /** Only its owner writes to it. */
    private static final class Row {

        private static final VarHandle OWNER = owner();

        final long[] numbers;

        /** Null: it has ended. */
        private volatile @Nullable Thread owner;

        Row(Thread owner, int size) {
            this.owner = owner;
            this.numbers = new long[size + 2 * PADDING];
        }

        private static VarHandle owner() {
            try {
                return MethodHandles.lookup().findVarHandle(Row.class, "owner", Thread.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        boolean isOf(Thread thread) {
            return owner == thread;
        }

        boolean isTakenOverBy(Thread thread) {
            Thread last = owner;
            return (last == null || !last.isAlive()) && OWNER.compareAndSet(this, last, thread);
        }

        void letGo() {
            Thread last = owner;
            if (last != null && !last.isAlive()) {
                boolean unused = OWNER.compareAndSet(this, last, null);
            }
        }

        void increment(int number) {
            int at = PADDING + number;
            NUMBER.setRelease(numbers, at, numbers[at] + 1);
        }
    }

    /**
     * All begin at 0.
     *
     * @param size how many numbers there are
     */
    public ThreadCounts(int size) {
        this(size, ROWS);
    }

    /** With as many rows, a power of two. */
    ThreadCounts(int size, int rowCount) {
        rows = new AtomicReferenceArray<>(rowCount);
        mask = rowCount - 1;
        shared = new LongAdder[size];
        for (int i = 0; i < size; i++) {
            shared[i] = new LongAdder();
        }
    }

    /**
     * Counts one.
     *
     * @param number which, 0 or more, less than the size
     */
    public void increment(int number) {
        Thread thread = Thread.currentThread();
        Row row = rows.get(index(thread));
        if (row != null && row.isOf(thread)) {
            row.increment(number);
        } else {
            incrementElsewhere(thread, number);
        }
    }

    private void incrementElsewhere(Thread thread, int number) {
        Row row = rows.get(index(thread));
        if (row == null) {
            Row own = new Row(thread, shared.length);
            row = rows.compareAndSet(index(thread), null, own) ? own : null;
        } else if (!row.isTakenOverBy(thread)) {
            row = null;
        }
        if (row == null) {
            shared[number].increment();
        } else {
            row.increment(number);
        }
    }

    /**
     * What a number has come to. Whoever looks at the first has threads that have ended let go of.
     *
     * @param number which
     * @return all that had been counted when this began, and some, none or all of what has been since
     */
    public long sum(int number) {
        long sum = shared[number].sum();
        for (int i = 0; i <= mask; i++) {
            Row row = rows.get(i);
            if (row != null) {
                sum += (long) NUMBER.getAcquire(row.numbers, PADDING + number);
                if (number == 0) {
                    row.letGo();
                }
            }
        }
        return sum;
    }

    /** What those have counted that had no row of their own. */
    long sharedSum(int number) {
        return shared[number].sum();
    }

    private int index(Thread thread) {
        return (int) thread.getId() & mask;
    }
}
