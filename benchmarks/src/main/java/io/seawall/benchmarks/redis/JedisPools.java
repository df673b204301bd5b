package io.seawall.benchmarks.redis;

import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/** The pool of those that go through Jedis. */
final class JedisPools {

    /** With 64 threads, all that use it are faster with 64 than with 8, which is the default, 16 or 32. */
    private static final int CONNECTIONS = 64;

    private JedisPools() {}

    static RedisClient connect(int port) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        // Or it would close what it opens again at once.
        pool.setMaxIdle(CONNECTIONS);
        return RedisClient.builder()
                .hostAndPort("127.0.0.1", port)
                .poolConfig(pool)
                .build();
    }
}
