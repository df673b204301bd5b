package io.seawall.ratelimit;

import io.seawall.metrics.MetricRegistry;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds clients to their limits: the way in for a filter, a message listener or a batch. Thread-safe.
 *
 * <pre>{@code
 * try (RateLimiter limiter = new RateLimiter(new InMemoryLimitStore())) {
 *     BoundLimits mail = limiter.bind(QuotaPolicies.parse("mail", "10/1m"));
 *     if (mail.tryAcquire("customer-17")) {
 *         send(message);
 *     }
 * }
 * }</pre>
 *
 * <p>It owns its store and closes it. When the store does not decide, each set of limits does as its
 * {@link QuotaPolicies#onStoreFailure} says. For {@link OnStoreFailure#LOCAL} this node counts along all the time, so that a client that
 * has used its permits does not get them anew when the store goes, nor each time that it comes and goes.
 */
public final class RateLimiter implements AutoCloseable {

    private final LimitStore store;
    private final InMemoryLimitStore localStore;

    /** A store in memory is never away. */
    private final boolean mayBeAway;

    /** By how much the clock of the store is ahead of this node's. */
    private volatile long aheadMicros;

    private final Overrides overrides;
    private final Map<QuotaPolicies, BoundLimits> bound = new ConcurrentHashMap<>();

    /**
     * A limiter with a store.
     *
     * @param store who remembers; closed with this limiter
     */
    public RateLimiter(LimitStore store) {
        this(store, new InMemoryLimitStore());
    }

    /**
     * A limiter with a store, and one for the time in which that is away.
     *
     * @param store who remembers; closed with this limiter
     * @param localStore who remembers meanwhile; closed with this limiter
     */
    public RateLimiter(LimitStore store, InMemoryLimitStore localStore) {
        this.store = store;
        this.localStore = localStore;
        this.mayBeAway = !(store instanceof InMemoryLimitStore);
        store.watch(localStore::standIn);
        this.overrides = new MirroredOverrides(store.overrides(), localStore.overrides());
    }

    /**
     * Prepares a set of limits, once, so that a decision is cheap. Equal sets share what clients have used.
     *
     * @param policies the limits
     * @return the limits, bound to this limiter, the same for equal ones; thread-safe
     */
    public BoundLimits bind(QuotaPolicies policies) {
        return bound.computeIfAbsent(policies, key -> new GuardedLimits(key, store.bind(key), localStore.bind(key)));
    }

    /**
     * Asks for the permits of several sets of limits at once: all of them, or none.
     *
     * @param claims at least one; their limits are bound to this limiter, and each set is there once
     * @return the answer
     * @throws StoreUnavailableException if the store did not decide and the choice of one set is {@link OnStoreFailure#DENY}
     * @throws IllegalArgumentException if there is no claim, two have the name and the tier of one set, or a set belongs to another
     *     limiter
     */
    public Decision decide(List<Claim> claims) {
        requireApart(claims);
        List<Claim> ofStore = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            ofStore.add(new Claim(guarded(claim).ofStore, claim.client(), claim.cost()));
        }
        Decision decision;
        try {
            decision = store.decide(ofStore);
        } catch (StoreUnavailableException e) {
            return decideWithoutStore(claims, e);
        }
        if (mayBeAway && decision.allowed()) {
            aheadMicros = decision.atMicros() - localStore.nowMicros();
            localStore.record(local(claims));
        }
        return decision;
    }

    private Decision.Allowed byLocalClock(Decision.Allowed decision) {
        return new Decision.Allowed(
                decision.quotas(), decision.shadowRefusals(), decision.atMicros() - aheadMicros, false);
    }

    /** Those that this node decides while the store is away. */
    private List<Claim> local(List<Claim> claims) {
        List<Claim> local = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            GuardedLimits limits = guarded(claim);
            if (limits.policies.onStoreFailure() == OnStoreFailure.LOCAL) {
                local.add(new Claim(limits.local, claim.client(), claim.cost()));
            }
        }
        return local;
    }

    /**
     * Gives back permits that turned out not to be due, as far as they are still in use. To be called once. What cannot be given
     * back since the store is away stays charged.
     *
     * @param claims of those that were granted together, all or some
     * @param decision by which they were granted
     */
    public void refund(List<Claim> claims, Decision.Allowed decision) {
        List<Claim> local = local(claims);
        if (mayBeAway && !local.isEmpty()) {
            localStore.refund(local, decision.withoutStore() ? decision : byLocalClock(decision));
        }
        if (!decision.withoutStore()) {
            List<Claim> ofStore = new ArrayList<>(claims.size());
            for (Claim claim : claims) {
                ofStore.add(new Claim(guarded(claim).ofStore, claim.client(), claim.cost()));
            }
            store.refund(ofStore, decision);
        }
    }

    /**
     * Forgets what a client has used of a set of limits, and its penalties.
     *
     * @param limits of which set, bound to this limiter
     * @param client of whom
     * @throws StoreUnavailableException if the store did not answer in time
     */
    public void reset(BoundLimits limits, String client) {
        GuardedLimits guarded = guarded(limits);
        localStore.reset(guarded.local, client);
        store.reset(guarded.ofStore, client);
    }

    /**
     * Limits that differ from the configured ones, for some clients.
     *
     * @return the overrides of the store
     */
    public Overrides overrides() {
        return overrides;
    }

    /**
     * Has read what the store knows of itself, and the memory of this node beside it.
     *
     * @param metrics of the owner of this limiter
     */
    public void register(MetricRegistry metrics) {
        store.register(metrics);
        if (mayBeAway) {
            localStore.register(metrics);
        }
    }

    /**
     * Whether the store would be asked if a request came now.
     *
     * @return false while it is known to be away, and each set of limits does as it says for that case
     */
    public boolean isStoreAvailable() {
        return store.isAvailable();
    }

    /** Closes the store. Safe to call twice. */
    @Override
    public void close() {
        store.close();
        localStore.close();
    }

    private Decision decideWithoutStore(List<Claim> claims, StoreUnavailableException failure) {
        for (Claim claim : claims) {
            if (guarded(claim).policies.onStoreFailure() == OnStoreFailure.DENY) {
                throw failure;
            }
        }
        List<Claim> counted = local(claims);
        return counted.isEmpty()
                ? new Decision.Allowed(List.of(), List.of(), 0, true)
                : marked(localStore.decide(counted));
    }

    private static Decision marked(Decision decision) {
        if (decision instanceof Decision.Denied denied) {
            return new Decision.Denied(
                    denied.quotas(), denied.retryAfterMicros(), denied.banned(), denied.atMicros(), true);
        }
        Decision.Allowed allowed = (Decision.Allowed) decision;
        return new Decision.Allowed(allowed.quotas(), allowed.shadowRefusals(), allowed.atMicros(), true);
    }

    private GuardedLimits guarded(Claim claim) {
        return guarded(claim.limits());
    }

    private GuardedLimits guarded(BoundLimits limits) {
        if (limits instanceof GuardedLimits guarded && guarded.limiter() == this) {
            return guarded;
        }
        throw new IllegalArgumentException("the limits of '" + limits.policies().name()
                + "' are not bound to this limiter: use what its bind(...) returned");
    }

    private static void requireApart(List<Claim> claims) {
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("there is no claim: ask for one at least");
        }
        for (int i = 1; i < claims.size(); i++) {
            QuotaPolicies policies = claims.get(i).limits().policies();
            for (int j = 0; j < i; j++) {
                // By what their counts are kept under, also where the limits differ.
                QuotaPolicies earlier = claims.get(j).limits().policies();
                if (policies.name().equals(earlier.name()) && Objects.equals(policies.tier(), earlier.tier())) {
                    throw new IllegalArgumentException("the limits of '" + policies.name()
                            + "' are claimed twice in one request: add the costs up");
                }
            }
        }
    }

    /** A set of limits in the store, and in the memory of this node for when the store is away. */
    private final class GuardedLimits implements BoundLimits {

        private final QuotaPolicies policies;
        private final BoundLimits ofStore;
        private final BoundLimits local;

        GuardedLimits(QuotaPolicies policies, BoundLimits ofStore, BoundLimits local) {
            this.policies = policies;
            this.ofStore = ofStore;
            this.local = local;
        }

        RateLimiter limiter() {
            return RateLimiter.this;
        }

        @Override
        public QuotaPolicies policies() {
            return policies;
        }

        @Override
        public boolean tryAcquire(String client, long cost) {
            // No detour where there is none to be made: this makes no garbage in memory.
            return mayBeAway ? decide(client, cost).allowed() : ofStore.tryAcquire(client, cost);
        }

        @Override
        public Decision decide(String client, long cost) {
            return RateLimiter.this.decide(List.of(new Claim(this, client, cost)));
        }
    }
}
