package io.seawall.ratelimit;

import io.seawall.ratelimit.LimitOverride.Scope;
import java.util.List;

/**
 * Limits that were changed while the application runs, for an administrator's page. Kept where the counts are: in Redis, for all
 * nodes, which heed a change with their next decision, until it is removed; in memory, for this node, until it stops.
 * Thread-safe.
 */
public interface Overrides {

    /**
     * Sets an override, in place of one for the same limit and scope.
     *
     * @param override what holds from now on
     * @throws StoreUnavailableException if the store did not answer in time; it may hold or not
     */
    void set(LimitOverride override);

    /**
     * Removes an override.
     *
     * @param policies the name of the set of limits
     * @param limit the name of the limit
     * @param scope for whom it was
     * @return whether there was one
     * @throws StoreUnavailableException if the store did not answer in time
     */
    boolean remove(String policies, String limit, Scope scope);

    /**
     * All overrides.
     *
     * @return in no particular order
     * @throws StoreUnavailableException if the store did not answer in time
     */
    List<LimitOverride> list();
}
