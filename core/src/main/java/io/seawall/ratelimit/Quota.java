package io.seawall.ratelimit;

/**
 * A limit as arithmetic: one algorithm, with the numbers of one {@link QuotaPolicy}.
 *
 * <p>What a client has used is {@link #cells} numbers, kept by a store in an array of its own from some index on; all zero
 * means that nothing is used. The methods are pure but for these numbers: no clock, no lock, no thread; the same calls on the
 * same numbers give the same answers. To take and to give back changes the numbers in place, so that a decision makes no garbage;
 * to ask or to be refused changes nothing, unless the clock has gone back so far that what is used must be moved to the present. Time is given
 * in microseconds since any fixed origin and may go back. The owner of the numbers holds a lock on them.
 *
 * <p>Two quotas of one algorithm and window that differ in their permits read each other's numbers, so a limit can be changed
 * while it is in use. The twin in Lua decides alike, and a test holds the two against each other.
 *
 * <p>A class and not an interface, since a call of the one is found faster where there are several.
 */
abstract class Quota {

    /** A wait that no time ends: more is asked for than the limit ever grants. */
    static final long NEVER = Long.MAX_VALUE;

    /** How many numbers a client has. */
    abstract int cells();

    /**
     * Microseconds until {@code cost} permits are free; 0 means that they are free now. Exact: one microsecond earlier
     * they are not, unless the clock went back. {@link #NEVER} if the limit never has so many.
     */
    abstract long retryAfterMicros(long[] cells, int at, long nowMicros, long cost);

    /**
     * Takes {@code cost} permits if they are free.
     *
     * @return 0 if they were taken; else nothing was, and the answer is that of {@link #retryAfterMicros}
     */
    abstract long take(long[] cells, int at, long nowMicros, long cost);

    /**
     * Gives back permits that were taken at {@code chargedMicros}, as far as they are still in use: what time has freed since is
     * not freed twice.
     */
    abstract void refund(long[] cells, int at, long nowMicros, long cost, long chargedMicros);

    /** Permits free now, 0 also if more are in use than a limit grants that was lowered. */
    abstract long remaining(long[] cells, int at, long nowMicros);

    /** Microseconds until all permits are free again; 0 means that nothing is in use. */
    abstract long resetAfterMicros(long[] cells, int at, long nowMicros);
}
