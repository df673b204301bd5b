package io.seawall.benchmarks.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.Redisson;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Rate limiters of Redisson with its own defaults, 64 connections among them. Their rates are set once, when a client is new. */
final class RedissonLimiters implements Limiter {

    private final RedissonClient redis;
    private final Limit limit;
    private final Map<String, RRateLimiter> limiters = new ConcurrentHashMap<>();

    RedissonLimiters(int port, Limit limit) {
        Config config = new Config();
        config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
        this.redis = Redisson.create(config);
        this.limit = limit;
    }

    @Override
    public boolean tryAcquire(String client) {
        return limiters.computeIfAbsent(client, this::limiter).tryAcquire();
    }

    private RRateLimiter limiter(String client) {
        RRateLimiter limiter = redis.getRateLimiter("rate:" + client);
        limiter.trySetRate(RateType.OVERALL, limit.permits(), limit.window());
        return limiter;
    }

    @Override
    public void close() {
        redis.shutdown();
    }
}
