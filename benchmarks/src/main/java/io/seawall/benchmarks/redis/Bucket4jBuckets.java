package io.seawall.benchmarks.redis;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import redis.clients.jedis.RedisClient;

/** Token buckets of Bucket4j, as its reference makes them for Jedis: a bucket a request, which costs no round trip. */
final class Bucket4jBuckets implements Limiter {

    private final RedisClient redis;
    private final ProxyManager<byte[]> buckets;
    private final BucketConfiguration configuration;

    Bucket4jBuckets(RedisClient redis, Limit limit) {
        this.redis = redis;
        buckets = Bucket4jJedis.casBasedBuilder(redis)
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)))
                .build();
        configuration = BucketConfiguration.builder()
                .addLimit(
                        bandwidth -> bandwidth.capacity(limit.permits()).refillGreedy(limit.permits(), limit.window()))
                .build();
    }

    @Override
    public boolean tryAcquire(String client) {
        byte[] key = ("rate:" + client).getBytes(StandardCharsets.UTF_8);
        return buckets.builder().build(key, () -> configuration).tryConsume(1);
    }

    @Override
    public void close() {
        redis.close();
    }
}
