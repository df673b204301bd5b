package io.seawall.benchmarks.faults;

/**
 * One decision, as who asked for it has seen it.
 *
 * @param by who made it
 * @param askedNanos when, by {@link System#nanoTime}
 * @param tookNanos until it was made
 */
record Decided(By by, long askedNanos, long tookNanos) {

    /** Who made a decision. */
    enum By {
        REDIS,
        /** The node, by its share. */
        NODE,
        /** Nobody: it was admitted. */
        NOBODY,
        /** Nobody: HTTP would answer 503. */
        FAILURE
    }

    long endedNanos() {
        return askedNanos + tookNanos;
    }
}
