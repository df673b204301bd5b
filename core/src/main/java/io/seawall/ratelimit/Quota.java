package io.seawall.ratelimit;

/**
 * A limit as arithmetic: one algorithm, with the numbers of one {@link QuotaPolicy}.
 *
 * <p>What a client has used is {@link #cells} numbers, kept by a store in an array of its own from some index on; all zero
 * means that nothing is used. The methods are pure but for these numbers: no clock, no lock, no thread; the same calls on the
 * same numbers give the same answers. A charge and a refund change the numbers in place, so that a decision makes no garbage;
 * to ask changes nothing, unless the clock has gone back so far that what is used must be moved to the present. Time is given
 * in microseconds since any fixed origin and may go back. The owner of the numbers holds a lock on them.
 *
 * <p>Two quotas of one algorithm and window that differ in their permits read each other's numbers, so a limit can be changed
 * while it is in use. The twin in Lua decides alike, and a test holds the two against each other.
 */
interface Quota {

    /** A wait that no time ends: more is asked for than the limit ever grants. */
    long NEVER = Long.MAX_VALUE;

    /** How many numbers a client has. */
    int cells();

    /**
     * Microseconds until {@code cost} permits are free; 0 means that they are free now. Exact: one microsecond earlier
     * they are not, unless the clock went back. {@link #NEVER} if the limit never has so many.
     */
    long retryAfterMicros(long[] cells, int at, long nowMicros, long cost);

    /** Takes {@code cost} permits, which {@link #retryAfterMicros} has just found free. */
    void charge(long[] cells, int at, long nowMicros, long cost);

    /**
     * Gives back permits that were taken at {@code chargedMicros}, as far as they are still in use: what time has freed since is
     * not freed twice.
     */
    void refund(long[] cells, int at, long nowMicros, long cost, long chargedMicros);

    /** Permits free now, 0 also if more are in use than a limit grants that was lowered. */
    long remaining(long[] cells, int at, long nowMicros);

    /** Microseconds until all permits are free again; 0 means that nothing is in use. */
    long resetAfterMicros(long[] cells, int at, long nowMicros);
}
