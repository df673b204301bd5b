package io.seawall.ratelimit;

/**
 * What one client has used of one quota policy: an algorithm's arithmetic and the numbers it works on.
 *
 * <p>Pure but for its own numbers: no clock, no lock, no thread; the same calls give the same answers. Time is given in
 * microseconds since any fixed origin and may go back. Not thread-safe: the owner holds a lock. Its twin in Lua decides
 * alike, and a test holds the two against each other.
 */
interface QuotaState {

    /**
     * Microseconds until {@code cost} permits are free; 0 means that they are free now. Exact: one microsecond earlier
     * they are not, unless the clock went back.
     */
    long retryAfterMicros(long nowMicros, long cost);

    /** Takes {@code cost} permits, which {@link #retryAfterMicros} has just found free. */
    void charge(long nowMicros, long cost);

    /** Permits free now. */
    long remaining(long nowMicros);

    /** Microseconds until all permits are free again; 0 means that nothing is in use. */
    long resetAfterMicros(long nowMicros);

    QuotaState copy();
}
