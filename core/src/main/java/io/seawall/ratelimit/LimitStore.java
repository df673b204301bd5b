package io.seawall.ratelimit;

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

    @Override
    void close();

    /** A set of limits, bound to the store that counts them. */
    @FunctionalInterface
    interface BoundLimits {

        /**
         * Takes {@code cost} permits from every limit, or from none. Atomic over all limits, all threads and all nodes of
         * the store. A refusal charges nothing.
         *
         * @param client who is counted; any text, told apart exactly
         * @param cost permits to take, 1 or more and at most the permits of the smallest limit
         * @return the answer
         * @throws StoreUnavailableException if the store did not answer in time; permits may or may not be charged, and
         *     the caller must not ask again for the same request
         * @throws IllegalArgumentException if the cost is out of its range
         */
        Decision tryAcquire(String client, long cost);
    }
}
