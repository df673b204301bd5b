package io.seawall.redis;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.Overrides;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.Standing;
import io.seawall.ratelimit.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** A store, and why it did not decide. Thread-safe. */
final class WatchedStore implements LimitStore {

    private final LimitStore store;
    private final Map<String, LongAdder> unanswered = new ConcurrentHashMap<>();
    private final LongAdder waited = new LongAdder();
    private final LongAdder atOnce = new LongAdder();
    private final Set<String> reasons = ConcurrentHashMap.newKeySet();

    WatchedStore(LimitStore store) {
        this.store = store;
    }

    /** How many decisions of these limits were sent to Redis, so that it may have charged them, and were not answered. */
    long unanswered(QuotaPolicies policies) {
        LongAdder count = unanswered.get(policies.name());
        return count == null ? 0 : count.sum();
    }

    /** How many had to do with Redis before they failed: they were sent, or waited for a connection. */
    long waited() {
        return waited.sum();
    }

    /** How many failed without having to do with Redis. */
    long atOnce() {
        return atOnce.sum();
    }

    /** Why those failed that had to do with Redis, each reason once. */
    Set<String> reasons() {
        return Set.copyOf(reasons);
    }

    @Override
    public Decision decide(List<Claim> claims) {
        try {
            return store.decide(claims);
        } catch (StoreUnavailableException e) {
            String reason = String.valueOf(e.getMessage());
            if (reason.equals("Redis is away")) {
                atOnce.increment();
            } else {
                waited.increment();
                reasons.add(reason);
                if (!reason.endsWith("nothing was charged")) {
                    unanswered
                            .computeIfAbsent(claims.get(0).limits().policies().name(), name -> new LongAdder())
                            .increment();
                }
            }
            throw e;
        }
    }

    @Override
    public BoundLimits bind(QuotaPolicies policies) {
        return store.bind(policies);
    }

    @Override
    public void refund(List<Claim> claims, Decision.Allowed decision) {
        store.refund(claims, decision);
    }

    @Override
    public Standing standing(BoundLimits limits, String client) {
        return store.standing(limits, client);
    }

    @Override
    public void reset(BoundLimits limits, String client) {
        store.reset(limits, client);
    }

    @Override
    public Overrides overrides() {
        return store.overrides();
    }

    @Override
    public void watch(Watcher watcher) {
        store.watch(watcher);
    }

    @Override
    public void close() {
        store.close();
    }
}
