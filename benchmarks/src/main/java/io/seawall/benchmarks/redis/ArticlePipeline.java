package io.seawall.benchmarks.redis;

import java.util.UUID;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/**
 * A sliding window as articles have it: all requests of a client in a sorted set, by their times on the clock of this node. What
 * is refused is in it as well.
 */
final class ArticlePipeline implements Limiter {

    private final RedisClient redis;
    private final Limit limit;

    ArticlePipeline(int port, Limit limit) {
        this.redis = JedisPools.connect(port);
        this.limit = limit;
    }

    @Override
    public boolean tryAcquire(String client) {
        String key = "rate:" + client;
        long now = System.currentTimeMillis();
        Response<Long> count;
        try (Pipeline pipeline = redis.pipelined()) {
            pipeline.zremrangeByScore(key, 0, (double) (now - limit.windowMillis()));
            pipeline.zadd(key, (double) now, UUID.randomUUID().toString());
            count = pipeline.zcard(key);
            pipeline.expire(key, limit.window().toSeconds());
            pipeline.sync();
        }
        return count.get() <= limit.permits();
    }

    @Override
    public void close() {
        redis.close();
    }
}
