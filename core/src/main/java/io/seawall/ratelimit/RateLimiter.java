package io.seawall.ratelimit;

import io.seawall.ratelimit.LimitStore.BoundLimits;
import java.util.List;

/**
 * Holds clients to their limits: the way in for a filter, a message listener or a batch. Thread-safe.
 *
 * <pre>{@code
 * try (RateLimiter limiter = new RateLimiter(QuotaPolicies.parse("mail", "10/1m"), new InMemoryLimitStore())) {
 *     if (limiter.tryAcquire("customer-17").allowed()) {
 *         send(mail);
 *     }
 * }
 * }</pre>
 *
 * <p>It owns its store and closes it.
 */
public final class RateLimiter implements AutoCloseable {

    private final LimitStore store;
    private final LimitStore localStore;
    private final BoundLimits limits;
    private final BoundLimits localLimits;
    private final OnStoreFailure onStoreFailure;

    /**
     * A limiter that falls back to this node's memory when the store is away.
     *
     * @param policies the limits
     * @param store who remembers; closed with this limiter
     */
    public RateLimiter(QuotaPolicies policies, LimitStore store) {
        this(policies, store, OnStoreFailure.LOCAL);
    }

    /**
     * A limiter with a choice of what happens when the store is away.
     *
     * @param policies the limits
     * @param store who remembers; closed with this limiter
     * @param onStoreFailure what becomes of a request that the store did not decide
     */
    public RateLimiter(QuotaPolicies policies, LimitStore store, OnStoreFailure onStoreFailure) {
        this.store = store;
        this.limits = store.bind(policies);
        this.onStoreFailure = onStoreFailure;
        this.localStore = new InMemoryLimitStore();
        this.localLimits = localStore.bind(policies);
    }

    /**
     * Asks for one permit.
     *
     * @param client who is counted; any text, told apart exactly
     * @return the answer
     * @throws StoreUnavailableException if the store did not decide and the choice is {@link OnStoreFailure#DENY}
     */
    public Decision tryAcquire(String client) {
        return tryAcquire(client, 1);
    }

    /**
     * Asks for several permits at once: all of them from every limit, or none from any.
     *
     * @param client who is counted; any text, told apart exactly
     * @param cost permits to take, 1 or more and at most the permits of the smallest limit
     * @return the answer
     * @throws StoreUnavailableException if the store did not decide and the choice is {@link OnStoreFailure#DENY}
     * @throws IllegalArgumentException if the cost is out of its range
     */
    public Decision tryAcquire(String client, long cost) {
        try {
            return limits.tryAcquire(client, cost);
        } catch (StoreUnavailableException e) {
            return switch (onStoreFailure) {
                case LOCAL -> localLimits.tryAcquire(client, cost);
                case ALLOW -> new Decision.Allowed(List.of());
                case DENY -> throw e;
            };
        }
    }

    /** Closes the store. Safe to call twice. */
    @Override
    public void close() {
        store.close();
        localStore.close();
    }
}
