package io.seawall.benchmarks.redis;

import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/** The pool of those that go through Jedis. */
final class JedisPools {

    /** With 64 threads and many clients, all that use it are faster with 64 than with 8, 16 or 32. */
    private static final int CONNECTIONS = 64;

    /** As many as there are unless told. */
    private static final int FEW_CONNECTIONS = 8;

    private JedisPools() {}

    static RedisClient connect(int port) {
        return connect(port, CONNECTIONS);
    }

    static RedisClient connectFew(int port) {
        return connect(port, FEW_CONNECTIONS);
    }

    private static RedisClient connect(int port, int connections) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        // Or it would close what it opens again at once.
        pool.setMaxIdle(connections);
        return RedisClient.builder()
                .hostAndPort("127.0.0.1", port)
                .poolConfig(pool)
                .build();
    }
}
