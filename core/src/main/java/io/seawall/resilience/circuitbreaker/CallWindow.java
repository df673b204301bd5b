package io.seawall.resilience.circuitbreaker;

/** Remembers how recent calls ended. Thread-safe. */
interface CallWindow {

    /**
     * A call has ended. Of one that has failed or was slow, the next {@link #tally} on this thread knows.
     *
     * @param nowNanos the time
     * @param failed whether it failed
     * @param slow whether it was slow
     */
    void add(long nowNanos, boolean failed, boolean slow);

    /**
     * What is remembered. While others add, calls may be in it that have not been counted as failed or slow yet, and never the other
     * way round: a rate is not too high.
     *
     * @param nowNanos the time
     * @return the sums
     */
    Tally tally(long nowNanos);

    /**
     * Sums over a window.
     *
     * @param calls all
     * @param failed of these
     * @param slow of these
     */
    record Tally(long calls, long failed, long slow) {}
}
