package io.seawall.redis;

import static io.seawall.redis.Connected.connected;
import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of decisions when a primary is lost and a replica takes its place. */
class RedisFailoverTest {

    private static RedisLimitStore newStore(String uri) {
        return new RedisLimitStore(RedisAddress.parse(uri), "seawall", Duration.ofSeconds(2));
    }

    private static BoundLimits bind(RedisLimitStore store, String limits) {
        return store.bind(QuotaPolicies.parse("api", limits));
    }

    private static boolean isDecided(BoundLimits limits, String client) {
        try {
            limits.decide(client, 1);
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private static void awaitDecided(BoundLimits limits, String client) {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> isDecided(limits, client));
    }

    @Test
    void the_primary_that_sentinels_know_is_asked_and_after_a_failover_the_new_one() {
        try (WatchedRedis watched = WatchedRedis.start("")) {
            watched.replicate();
            try (RedisLimitStore store = connected(newStore(watched.uri("")))) {
                BoundLimits limits = bind(store, "3/1h");
                limits.decide("ada", 1);
                limits.decide("ada", 1);
                Awaitility.await()
                        .until(() -> watched.replica()
                                .command("DBSIZE")
                                .equals(watched.primary().command("DBSIZE")));

                watched.primary().kill();
                awaitDecided(limits, "bob");

                assertThat(WatchedRedis.info(watched.replica())).contains("role:master");
                assertThat(limits.decide("ada", 1).allowed()).isTrue();
                assertThat(limits.decide("ada", 1).allowed())
                        .as("the counts of the old one are there")
                        .isFalse();
            }
        }
    }

    @Test
    void a_primary_that_was_made_a_replica_by_hand_is_left() {
        try (WatchedRedis watched = WatchedRedis.start("")) {
            watched.replicate();
            try (RedisLimitStore store = connected(newStore(watched.uri("")))) {
                BoundLimits limits = bind(store, "1000/1h");
                limits.decide("ada", 1);
                Awaitility.await().ignoreExceptions().until(() -> {
                    watched.sentinel().command("SENTINEL", "FAILOVER", "cache");
                    return true;
                });
                Awaitility.await()
                        .atMost(30, TimeUnit.SECONDS)
                        .until(() -> WatchedRedis.info(watched.primary()).contains("role:slave"));
                awaitDecided(limits, "ada");
                assertThat(limits.decide("ada", 1).allowed()).isTrue();
            }
        }
    }

    @Test
    void a_sentinel_that_wants_a_password_gets_the_one_of_redis() {
        try (WatchedRedis watched = WatchedRedis.start("secret");
                RedisLimitStore store = newStore(watched.uri(":secret@"))) {
            awaitDecided(bind(store, "3/1h"), "ada");
        }
    }

    @Test
    void a_sentinel_that_is_away_is_passed_over() {
        try (WatchedRedis watched = WatchedRedis.start("");
                TestRedis absent = TestRedis.absent();
                RedisLimitStore store = newStore("redis-sentinel://127.0.0.1:" + absent.port() + ",127.0.0.1:"
                        + watched.sentinel().port() + "/cache")) {
            awaitDecided(bind(store, "3/1h"), "ada");
        }
    }

    @Test
    void of_a_master_that_no_sentinel_knows_nothing_is_decided() {
        try (WatchedRedis watched = WatchedRedis.start("");
                RedisLimitStore store = newStore(
                        "redis-sentinel://127.0.0.1:" + watched.sentinel().port() + "/another")) {
            assertThat(isDecided(bind(store, "3/1h"), "ada")).isFalse();
        }
    }

    @Test
    void where_a_primary_of_a_cluster_is_lost_its_clients_wait_for_the_next_one_and_no_others() {
        try (TestCluster cluster = TestCluster.start(3, true);
                RedisLimitStore store = connected(newStore(cluster.uri()))) {
            BoundLimits limits = bind(store, "1000/1h");
            TestRedis lost = cluster.primaries().get(0);
            String ofLost = clientOf(cluster, lost);
            String ofOther = clientOf(cluster, cluster.primaries().get(1));
            limits.decide(ofLost, 1);
            limits.decide(ofOther, 1);

            lost.kill();

            assertThat(isDecided(limits, ofLost)).isFalse();
            assertThat(isDecided(limits, ofOther))
                    .as("slots are served one by one")
                    .isTrue();
            awaitDecided(limits, ofLost);
            awaitDecided(limits, ofOther);
        }
    }

    private static String clientOf(TestCluster cluster, TestRedis node) {
        for (int i = 0; ; i++) {
            String client = "client " + i;
            if (cluster.owner(Slot.of(ClientHash.of(client)).number()).equals(node)) {
                return client;
            }
        }
    }
}
