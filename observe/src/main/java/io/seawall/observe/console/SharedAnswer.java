package io.seawall.observe.console;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One answer for all who ask at about the same time: many viewers cost what one costs. While a new one is made, others get the one
 * before it, unless that is old or something has been changed since: then they wait. Thread-safe.
 */
final class SharedAnswer {

    /** Older ones, in the times for which one is fresh, are given to nobody: after a night without viewers, two may come at once. */
    private static final int OLD = 5;

    /**
     * An answer. Its bytes nobody compares.
     *
     * @param changes how many there had been before it was made
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Made(byte[] bytes, long nanos, long changes) {}

    private final long forNanos;
    private final LongSupplier nanoTime;
    private final Supplier<byte[]> making;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Made last;

    SharedAnswer(long forNanos, LongSupplier nanoTime, Supplier<byte[]> making) {
        this.forNanos = forNanos;
        this.nanoTime = nanoTime;
        this.making = making;
    }

    byte[] get() {
        Made known = last;
        if (known != null && isYoungerThan(forNanos, known)) {
            return known.bytes;
        }
        if (!lock.tryLock()) {
            if (known != null && isYoungerThan(OLD * forNanos, known)) {
                return known.bytes;
            }
            lock.lock();
        }
        try {
            Made meanwhile = last;
            if (meanwhile != null && isYoungerThan(forNanos, meanwhile)) {
                return meanwhile.bytes;
            }
            long before = changes.get(); // one that comes while it is made may be missing in it
            byte[] bytes = making.get();
            last = new Made(bytes, nanoTime.getAsLong(), before);
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** The next who asks is not answered by what is known, nor by what is being made: something has been changed. */
    void forget() {
        changes.incrementAndGet();
    }

    private boolean isYoungerThan(long nanos, Made made) {
        return made.changes == changes.get() && nanoTime.getAsLong() - made.nanos < nanos;
    }
}
