package io.seawall.test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Monotonic time, moved by hand. Thread-safe.
 *
 * <p>It starts one second before {@code Long.MAX_VALUE}: nearly every test runs over the edge, and code that compares
 * instants by anything but their difference fails.
 */
public final class FakeClock implements LongSupplier {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

    /** A clock that stands still. */
    public FakeClock() {}

    /**
     * The time, as {@link System#nanoTime} gives it.
     *
     * @return nanoseconds since an origin without meaning
     */
    @Override
    public long getAsLong() {
        return nanos.get();
    }

    /**
     * Moves the clock.
     *
     * @param by how far; less than zero moves it back
     */
    public void advance(Duration by) {
        advanceNanos(by.toNanos());
    }

    /**
     * Moves the clock.
     *
     * @param by how many nanoseconds; less than zero moves it back
     */
    public void advanceNanos(long by) {
        nanos.addAndGet(by);
    }
}
