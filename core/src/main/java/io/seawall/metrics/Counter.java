package io.seawall.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows. Threads that count at a time do not get into each other's way. Thread-safe. */
public final class Counter {

    private final LongAdder sum = new LongAdder();

    /** Begins at 0. */
    public Counter() {}

    /** Counts one. */
    public void increment() {
        sum.increment();
    }

    /**
     * Counts several.
     *
     * @param more 0 or more
     */
    public void add(long more) {
        sum.add(more);
    }

    /**
     * How many were counted.
     *
     * @return all that had been when this began, and some, none or all of those that have been since
     */
    public long sum() {
        return sum.sum();
    }
}
