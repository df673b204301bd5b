package io.seawall.benchmarks.redis;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.redis.RedisAddress;
import io.seawall.redis.RedisLimitStore;
import java.time.Duration;

/** Seawall as the filter uses it: its exact sliding window, and all facts for the header fields. */
final class SeawallStore implements Limiter {

    /** So long that a pause of the machine is no outage; no more than the others have. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final RateLimiter limiter;
    private final BoundLimits limits;

    private static final int LEASE = 10_000;

    static SeawallStore exact(int port, Limit limit) {
        return new SeawallStore(port, policies(limit));
    }

    static SeawallStore withLeases(int port, Limit limit) {
        return new SeawallStore(port, policies(limit).withLease(LEASE));
    }

    private static QuotaPolicies policies(Limit limit) {
        return QuotaPolicies.parse("benchmark", limit.toString());
    }

    private SeawallStore(int port, QuotaPolicies policies) {
        limiter =
                new RateLimiter(new RedisLimitStore(RedisAddress.parse("redis://127.0.0.1:" + port), "rate", TIMEOUT));
        limits = limiter.bind(policies);
    }

    @Override
    public boolean tryAcquire(String client) {
        Decision decision = limits.decide(client, 1);
        if (decision.withoutStore()) {
            throw new IllegalStateException(
                    "a decision was made without Redis, so it measures nothing: its log says why");
        }
        return decision.allowed();
    }

    @Override
    public void close() {
        limiter.close();
    }
}
