package io.seawall.redis;

import static io.seawall.redis.Connected.connected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a cluster of three primaries without replicas; what a lost primary means is {@link RedisFailoverTest}'s. */
class RedisClusterTest {

    private static TestCluster cluster;

    private RedisLimitStore store;

    @BeforeAll
    static void startCluster() {
        cluster = TestCluster.start(3, false);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void openStore() {
        cluster.primaries().forEach(node -> node.command("FLUSHALL"));
        store = newStore();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private static RedisLimitStore newStore() {
        return connected(new RedisLimitStore(RedisAddress.parse(cluster.uri()), "seawall", Duration.ofSeconds(5)));
    }

    private BoundLimits bind(String limits) {
        return store.bind(QuotaPolicies.parse("api", limits));
    }

    private static Decision decide(RedisLimitStore store, Claim... claims) {
        return store.decide(List.of(claims));
    }

    private static long remaining(Decision decision) {
        return decision.quotas().get(0).remaining();
    }

    @Test
    void each_client_is_held_to_its_limits_and_is_where_its_slot_is() {
        BoundLimits limits = bind("burst=2/1h; all=3/1d token-bucket");
        for (int i = 0; i < 30; i++) {
            assertThat(limits.decide("client " + i, 1).allowed()).isTrue();
            assertThat(limits.decide("client " + i, 1).allowed()).isTrue();
            assertThat(limits.decide("client " + i, 1).allowed()).isFalse();
        }
        assertThat(cluster.primaries())
                .allSatisfy(node -> assertThat((Long) node.command("DBSIZE")).isGreaterThan(4L));
    }

    @Test
    void nodes_and_threads_share_a_limit_exactly() throws Exception {
        BoundLimits mine = bind("1000/1h");
        try (RedisLimitStore other = newStore()) {
            BoundLimits theirs = other.bind(QuotaPolicies.parse("api", "1000/1h"));
            AtomicInteger granted = new AtomicInteger();
            inThreads(16, thread -> {
                BoundLimits limits = thread % 2 == 0 ? mine : theirs;
                for (int i = 0; i < 100; i++) {
                    granted.addAndGet(limits.decide("everybody", 1).allowed() ? 1 : 0);
                }
            });
            assertThat(granted).hasValue(1000);
        }
    }

    @Test
    void where_one_of_several_claims_is_refused_the_others_are_not_charged() {
        BoundLimits ofClient = bind("5/1h");
        BoundLimits ofAll = store.bind(QuotaPolicies.parse("all", "3/1h"));
        for (int i = 0; i < 3; i++) {
            assertThat(decide(store, new Claim(ofClient, "ada", 1), new Claim(ofAll, "all", 1))
                            .allowed())
                    .isTrue();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(decide(store, new Claim(ofClient, "ada", 1), new Claim(ofAll, "all", 1))
                            .allowed())
                    .isFalse();
        }
        assertThat(remaining(ofClient.decide("ada", 1))).isEqualTo(1);
        assertThat(remaining(ofClient.decide("bob", 1))).isEqualTo(4);
    }

    @Test
    void permits_of_several_claims_are_given_back_each_where_it_is() {
        BoundLimits ofClient = bind("5/1h");
        BoundLimits ofAll = store.bind(QuotaPolicies.parse("all", "9/1h fixed-window"));
        List<Claim> claims = List.of(new Claim(ofClient, "ada", 2), new Claim(ofAll, "all", 2));
        Decision granted = store.decide(claims);
        store.refund(claims, (Decision.Allowed) granted);
        assertThat(store.decide(claims).quotas())
                .extracting(quota -> quota.remaining())
                .containsExactly(3L, 7L);
    }

    @Test
    void an_override_by_one_node_holds_on_all_with_their_next_pulse() {
        BoundLimits limits = bind("3/1h");
        try (RedisLimitStore other = newStore()) {
            other.overrides().set(new LimitOverride("api", "default", LimitOverride.Scope.client("ada"), 10));
            Awaitility.await()
                    .until(() ->
                            limits.decide("ada", 1).quotas().get(0).policy().permits() == 10);
            assertThat(limits.decide("bob", 1).quotas().get(0).policy().permits())
                    .isEqualTo(3);
            assertThat(other.overrides().remove("api", "default", LimitOverride.Scope.client("ada")))
                    .isTrue();
            Awaitility.await()
                    .until(() ->
                            limits.decide("ada", 1).quotas().get(0).policy().permits() == 3);
        }
    }

    @Test
    void a_node_knows_the_overrides_before_it_decides_anything() {
        store.overrides().set(new LimitOverride("api", "default", LimitOverride.Scope.all(), 0));
        try (RedisLimitStore other = newStore()) {
            assertThat(other.bind(QuotaPolicies.parse("api", "3/1h"))
                            .decide("ada", 1)
                            .allowed())
                    .isFalse();
        }
    }

    @Test
    void a_client_that_is_reset_has_all_its_permits_on_all_nodes_with_their_next_pulse() {
        BoundLimits limits = bind("1/1h");
        limits.decide("ada", 1);
        assertThat(limits.decide("ada", 1).allowed()).isFalse();
        try (RedisLimitStore other = newStore()) {
            other.reset(other.bind(QuotaPolicies.parse("api", "1/1h")), "ada");
            Awaitility.await().until(() -> limits.decide("ada", 1).allowed());
        }
    }

    @Test
    void while_a_slot_moves_its_clients_are_decided_and_nobody_gets_more() throws Exception {
        String client = "moving";
        BoundLimits limits = bind("400/1h");
        int slot = Slot.of(ClientHash.of(client)).number();
        TestRedis from = cluster.owner(slot);
        TestRedis to = cluster.primaries().stream()
                .filter(node -> !from.equals(node))
                .findFirst()
                .orElseThrow();
        AtomicInteger granted = new AtomicInteger();
        AtomicInteger undecided = new AtomicInteger();
        AtomicBoolean isMoved = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> asking = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                asking.add(threads.submit(() -> {
                    boolean wasMoved;
                    do {
                        wasMoved = isMoved.get();
                        try {
                            granted.addAndGet(limits.decide(client, 1).allowed() ? 1 : 0);
                        } catch (StoreUnavailableException e) {
                            undecided.incrementAndGet();
                        }
                    } while (!wasMoved || granted.get() < 400);
                    return null;
                }));
            }
            cluster.move(slot, from, to, () -> {
                int before = granted.get();
                Awaitility.await().until(() -> granted.get() == 400 || granted.get() > before + 10);
            });
            isMoved.set(true);
            for (Future<?> one : asking) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(granted).hasValue(400);
        assertThat(undecided)
                .as("one key is here or there, so each decision finds it")
                .hasValue(0);
    }

    @Test
    void closed_it_leaves_no_thread_and_no_connection() {
        bind("3/1h").decide("ada", 1);
        assertThat(connections()).isPositive();
        store.close();
        Awaitility.await().until(() -> connections() == 0);
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("seawall-redis")));
    }

    /** Those of the test itself are not among them. */
    private static long connections() {
        return cluster.primaries().stream().mapToLong(TestRedis::connections).sum();
    }

    @Test
    void a_server_that_is_no_cluster_is_told_and_nothing_is_decided() {
        try (TestRedis single = TestRedis.start();
                RedisLimitStore mistaken = new RedisLimitStore(
                        RedisAddress.parse("redis-cluster://127.0.0.1:" + single.port()),
                        "seawall",
                        Duration.ofSeconds(1))) {
            BoundLimits limits = mistaken.bind(QuotaPolicies.parse("api", "3/1h"));
            assertThatThrownBy(() -> limits.decide("ada", 1)).isInstanceOf(StoreUnavailableException.class);
        }
    }

    private interface InThread {
        void run(int thread);
    }

    private static void inThreads(int count, InThread task) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int thread = i;
                tasks.add(() -> {
                    task.run(thread);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
