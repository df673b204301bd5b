package io.seawall.ratelimit;

import io.seawall.metrics.MetricRegistry;
import java.util.List;

/**
 * The place that remembers what clients have used. A service provider interface: a new store implements it and passes
 * {@code LimitStoreContract}, published in the {@code tests} jar of this module.
 *
 * <p>Implementations are thread-safe. {@link #close} releases every thread and connection; nothing may be asked
 * afterwards.
 */
public interface LimitStore extends AutoCloseable {

    /**
     * Prepares a set of limits, once, so that a decision is cheap. Equal sets share what clients have used.
     *
     * @param policies the limits
     * @return the limits, bound to this store; thread-safe
     */
    BoundLimits bind(QuotaPolicies policies);

    /**
     * Takes the permits of all claims, or none. Atomic over all claims, all limits, all threads and all nodes of the store. A
     * refusal charges nothing.
     *
     * @param claims at least one; their limits are bound to this store, and no two have the name and the tier of one set, which
     *     {@link RateLimiter} sees to
     * @return the answer
     * @throws StoreUnavailableException if the store did not answer in time; permits may or may not be charged, and
     *     the caller must not ask again for the same request
     */
    Decision decide(List<Claim> claims);

    /**
     * Gives back the permits of claims that were granted, as far as they are still in use. The caller does so once.
     *
     * @param claims of those that were granted together, all or some
     * @param decision by which they were granted
     * @throws StoreUnavailableException if the store did not answer in time; permits may or may not be given back
     */
    void refund(List<Claim> claims, Decision.Allowed decision);

    /**
     * Forgets what a client has used, and its penalties.
     *
     * @param limits of which set
     * @param client of whom
     * @throws StoreUnavailableException if the store did not answer in time
     */
    void reset(BoundLimits limits, String client);

    /**
     * Limits that differ from the configured ones, for some clients.
     *
     * @return the same object every time; thread-safe
     */
    Overrides overrides();

    /**
     * Has somebody told what this node must know when the store is away. A store that is never away, or that one node has to itself,
     * tells nothing.
     *
     * @param watcher told about once a second, and soon after a change, by a thread of the store
     */
    default void watch(Watcher watcher) {}

    /**
     * Has read what the store knows of itself. A store without metrics of its own registers none.
     *
     * @param metrics of who asks the store
     */
    default void register(MetricRegistry metrics) {}

    /**
     * Whether the store would be asked if a request came now: known here, without asking it. A store that is never away is always.
     *
     * @return false while it is known to be away
     */
    default boolean isAvailable() {
        return true;
    }

    @Override
    void close();

    /** Is told what goes for the time in which a shared store is away. Thread-safe. */
    @FunctionalInterface
    interface Watcher {

        /**
         * The store is there, and this is how it is.
         *
         * @param liveNodes how many nodes share it now, this one included, 1 or more
         * @param liveOverrides all overrides
         */
        void seen(int liveNodes, List<LimitOverride> liveOverrides);
    }

    /** A set of limits, bound to the store that counts them. Thread-safe. */
    interface BoundLimits {

        /**
         * The limits.
         *
         * @return what was bound
         */
        QuotaPolicies policies();

        /**
         * Takes {@code cost} permits from every limit, or from none, as {@link LimitStore#decide} does, and tells all about it.
         *
         * @param client who is counted; any text, told apart exactly
         * @param cost permits to take, 1 or more
         * @return the answer
         * @throws StoreUnavailableException if the store did not answer in time; permits may or may not be charged, and
         *     the caller must not ask again for the same request
         * @throws IllegalArgumentException if the cost is below 1
         */
        Decision decide(String client, long cost);

        /**
         * The same, for those who need no more than yes or no. The in-memory store makes no garbage for it.
         *
         * @param client as in {@link #decide}
         * @param cost as in {@link #decide}
         * @return whether the permits were taken
         */
        default boolean tryAcquire(String client, long cost) {
            return decide(client, cost).allowed();
        }

        /**
         * Takes one permit from every limit, or from none.
         *
         * @param client as in {@link #decide}
         * @return whether the permits were taken
         */
        default boolean tryAcquire(String client) {
            return tryAcquire(client, 1);
        }
    }
}
