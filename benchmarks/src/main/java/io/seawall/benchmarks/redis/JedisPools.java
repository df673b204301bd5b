package io.seawall.benchmarks.redis;

import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/** The pool of those that go through Jedis. */
final class JedisPools {

    /** Of 8, 16, 32 and 64 with 64 threads, the one with which they are fastest. */
    private static final int CONNECTIONS = Integer.getInteger("pool", 8);

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
