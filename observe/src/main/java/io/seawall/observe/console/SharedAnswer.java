package io.seawall.observe.console;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One answer for all who ask at about the same time: many viewers cost what one costs. While a new one is made, others get the one
 * before it, and wait only for the first. Thread-safe.
 */
final class SharedAnswer {

    /** Bytes: nobody compares them. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Made(byte[] bytes, long nanos) {}

    private final long forNanos;
    private final LongSupplier nanoTime;
    private final Supplier<byte[]> making;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Made last;

    SharedAnswer(long forNanos, LongSupplier nanoTime, Supplier<byte[]> making) {
        this.forNanos = forNanos;
        this.nanoTime = nanoTime;
        this.making = making;
    }

    byte[] get() {
        Made known = last;
        if (known != null && (isFresh(known) || !lock.tryLock())) {
            return known.bytes;
        }
        if (known == null) {
            lock.lock();
        }
        try {
            Made meanwhile = last;
            if (meanwhile != null && isFresh(meanwhile)) {
                return meanwhile.bytes;
            }
            Made made = new Made(making.get(), nanoTime.getAsLong());
            last = made;
            return made.bytes;
        } finally {
            lock.unlock();
        }
    }

    /** The next who asks is not answered by what is known: something has been changed. */
    void forget() {
        last = null;
    }

    private boolean isFresh(Made made) {
        return nanoTime.getAsLong() - made.nanos < forNanos;
    }
}
