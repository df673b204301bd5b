package io.seawall.interceptors.jmx;

import java.util.List;
import java.util.Map;

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
     * How many calls have begun.
     *
     * @return a count since the application was deployed
     */
    long getCalls();

    /**
     * How many calls have ended without an answer of the target.
     *
     * @return counts since the application was deployed, by what the caller got instead: {@code error}, {@code time-limit},
     *     {@code circuit-open}, {@code bulkhead-full}, {@code fallback}, {@code stale}
     */
    Map<String, Long> getUnsuccessfulCalls();

    /**
     * How many attempts there were after the first of a call.
     *
     * @return a count since the application was deployed
     */
    long getRetries();

    /**
     * How many attempts a limit of time has ended.
     *
     * @return a count since the application was deployed
     */
    long getTimeouts();

    /**
     * How often its circuit has come to a state.
     *
     * @return counts since the application was deployed, by the states that {@link #getBreakerState} knows; 0 without a breaker
     */
    Map<String, Long> getBreakerTransitions();

    /**
     * How many attempts its circuit has refused.
     *
     * @return a count since it was made; 0 without a breaker
     */
    long getBreakerRefusals();

    /**
     * How many attempts its bulkhead has refused.
     *
     * @return a count since it was made; 0 without a bulkhead
     */
    long getBulkheadRefusals();

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
