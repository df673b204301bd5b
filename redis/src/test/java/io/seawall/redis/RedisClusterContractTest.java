package io.seawall.redis;

import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.LimitStoreContract;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.RedisClient;

/** The contract of all stores on a cluster, of one server so that it has one clock, which is ours. */
class RedisClusterContractTest extends LimitStoreContract {

    /** A moment in 2026, so that numbers are as large as they really are. */
    private static final long EPOCH_MICROS = 1_790_000_000_123_456L;

    private static TestCluster cluster;
    private static RedisClient client;

    /** No refusal is remembered so long: Redis is asked every time. What is remembered is DenialsTest's. */
    private final AtomicLong days = new AtomicLong();

    private TestClock clock;
    private LimitStore store;

    @BeforeAll
    static void startRedis() {
        cluster = TestCluster.start(1, false);
        client = cluster.primaries().get(0).client();
    }

    @AfterAll
    static void stopRedis() {
        client.close();
        cluster.close();
    }

    @BeforeEach
    void openStore() {
        client.flushAll();
        clock = new TestClock(client, EPOCH_MICROS);
        store = Connected.connected(new RedisLimitStore(
                RedisAddress.parse(cluster.uri()),
                "contract",
                Duration.ofSeconds(10),
                TestClock.scripts(),
                () -> days.addAndGet(TimeUnit.DAYS.toNanos(2))));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    protected LimitStore store() {
        return store;
    }

    @Override
    protected void advance(Duration by) {
        clock.advance(by);
    }
}
