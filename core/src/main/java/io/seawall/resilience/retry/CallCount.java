package io.seawall.resilience.retry;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts calls without threads getting into each other's way. Unlike {@link java.util.concurrent.atomic.LongAdder} it tells
 * what the stripe of the thread was before. Thread-safe.
 */
final class CallCount {

    /** So that two threads that run at a time seldom have the same one. */
    private static final int STRIPES_PER_PROCESSOR = 4;

    private static final int MOST_STRIPES = 128;

    /** 128 bytes: processors fetch lines of 64 in pairs. */
    private static final int LONGS_APART = 16;

    private final AtomicLongArray cells;
    private final int mask;

    CallCount() {
        int wanted = STRIPES_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
        int stripes = Math.min(MOST_STRIPES, Integer.highestOneBit(2 * wanted - 1)); // the next power of two
        this.mask = stripes - 1;
        this.cells = new AtomicLongArray((stripes + 1) * LONGS_APART); // the first stays free: the length is beside it
    }

    /** Counts a call, and returns how many this stripe had before. */
    long increment() {
        int stripe = (int) Thread.currentThread().getId() & mask;
        return cells.getAndIncrement((stripe + 1) * LONGS_APART);
    }

    /** All calls that had been counted when this began, and some, none or all of those that have been since. */
    long sum() {
        long sum = 0;
        for (int stripe = 1; stripe <= mask + 1; stripe++) {
            sum += cells.get(stripe * LONGS_APART);
        }
        return sum;
    }
}
