package io.seawall.interceptors.jmx;

import java.util.List;

/** One target, as {@code io.seawall:type=Target,application="...",name="..."}. */
public interface TargetMXBean {

    /**
     * What it is called by.
     *
     * @return the name
     */
    String getName();

    /**
     * Where its circuit is: {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN}, {@code FORCED_OPEN} or {@code DISABLED}.
     *
     * @return the state; {@code NONE} without a breaker
     */
    String getBreakerState();

    /**
     * What its methods go by.
     *
     * @return one line for each method, with the places of what is set outside
     */
    List<String> getSettings();

    /**
     * How many calls are under way.
     *
     * @return the number; 0 without a bulkhead
     */
    int getBulkheadInUse();

    /**
     * How many calls wait for another to end.
     *
     * @return the number; 0 without a bulkhead
     */
    int getBulkheadWaiting();

    /**
     * How many calls there may be at a time.
     *
     * @return the number; 0 without a bulkhead
     */
    int getBulkheadMax();

    /**
     * How many retries its budget has granted.
     *
     * @return a count since it was made; 0 without a budget
     */
    long getRetriesGranted();

    /**
     * How many retries its budget has refused.
     *
     * @return a count since it was made; 0 without a budget
     */
    long getRetriesRefused();

    /**
     * Reads its settings from outside again, and brings them into force.
     *
     * @return what is different now; empty if nothing is
     * @throws IllegalArgumentException if something is wrong; then nothing has changed
     */
    List<String> reread();

    /**
     * Refuses every call, until {@link #resetBreaker}.
     *
     * @throws IllegalStateException if it has no breaker
     */
    void forceOpenBreaker();

    /**
     * Lets every call through, whatever becomes of it, until {@link #resetBreaker}.
     *
     * @throws IllegalStateException if it has no breaker
     */
    void disableBreaker();

    /**
     * Closes its circuit and forgets what it has counted.
     *
     * @throws IllegalStateException if it has no breaker
     */
    void resetBreaker();
}
