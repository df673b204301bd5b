package io.seawall.redis;

import static io.seawall.redis.Connected.connected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.OnStoreFailure;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.ratelimit.StoreUnavailableException;
import io.seawall.test.CapturedLog;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Law 5: a Redis that is away, hangs or refuses to work, and its return. */
class RedisOutageTest {

    private static final QuotaPolicies POLICIES = QuotaPolicies.parse("api", "1000000/1h");

    private static final QuotaPolicies OR_FAIL = POLICIES.withOnStoreFailure(OnStoreFailure.DENY);

    /** A busy machine must not make an answer late. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Where an answer that does not come would be taken for an outage, and a machine may stand still for seconds. */
    private static final Duration PATIENT = Duration.ofSeconds(10);

    private static RedisLimitStore open(TestRedis redis) {
        return open(redis, TIMEOUT);
    }

    private static RedisLimitStore open(TestRedis redis, Duration timeout) {
        return new RedisLimitStore(RedisAddress.parse(redis.uri()), "seawall", timeout);
    }

    private static boolean decides(BoundLimits limits) {
        try {
            limits.decide("client", 1);
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    /** What an operator sees. */
    private static List<String> told(CapturedLog log) {
        return log.lines().stream().filter(line -> !line.startsWith("FINE")).toList();
    }

    private static void awaitDeciding(BoundLimits limits) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> decides(limits));
    }

    private static void awaitRefusingAtOnce(BoundLimits limits) {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThatThrownBy(() -> limits.decide("client", 1))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessage("Redis is away"));
    }

    @Test
    void a_redis_that_is_not_there_at_the_start_is_used_when_it_comes() {
        try (TestRedis redis = TestRedis.absent();
                CapturedLog log = new CapturedLog(RedisLimitStore.class);
                LimitStore store = open(redis)) {
            BoundLimits limits = store.bind(POLICIES);
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> limits.decide("client", 1))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessage("Redis is away");
            }
            assertThat(told(log)).singleElement().asString().contains("does not answer", "127.0.0.1");
            redis.restart();
            awaitDeciding(limits);
            assertThat(told(log)).hasSize(2).last().asString().contains("decides again");
        }
    }

    @Test
    void a_redis_that_is_killed_is_no_longer_asked_until_it_is_back() {
        try (TestRedis redis = TestRedis.start();
                CapturedLog log = new CapturedLog(RedisLimitStore.class);
                LimitStore store = connected(open(redis))) {
            BoundLimits limits = store.bind(POLICIES);
            assertThat(decides(limits)).isTrue();
            redis.kill();
            awaitRefusingAtOnce(limits);
            redis.restart();
            awaitDeciding(limits);
            assertThat(told(log)).hasSize(2);
        }
    }

    @Test
    void a_redis_that_hangs_is_no_longer_asked_until_it_goes_on() {
        try (TestRedis redis = TestRedis.start();
                LimitStore store = connected(open(redis))) {
            BoundLimits limits = store.bind(POLICIES);
            assertThat(decides(limits)).isTrue();
            redis.hang();
            awaitRefusingAtOnce(limits);
            redis.goOn();
            awaitDeciding(limits);
        }
    }

    @Test
    void one_decision_a_connection_waits_for_a_redis_that_hangs_and_all_others_for_nothing() {
        try (TestRedis redis = TestRedis.start();
                LimitStore store = connected(open(redis))) {
            BoundLimits limits = store.bind(POLICIES);
            Awaitility.await().until(() -> decides(limits) && redis.connections() == 2);
            redis.hang();
            List<String> reasons = IntStream.range(0, 1000)
                    .mapToObj(i -> reason(limits))
                    .map(reason -> reason.startsWith("Redis did not decide") ? "waited" : reason)
                    .toList();
            assertThat(reasons.subList(0, 2)).containsOnly("waited");
            assertThat(reasons.subList(2, 1000)).containsOnly("Redis is away");
        }
    }

    @Test
    void connections_that_were_cut_are_made_anew_and_nothing_is_told() {
        try (TestRedis redis = TestRedis.start();
                CapturedLog log = new CapturedLog(RedisLimitStore.class);
                LimitStore store = connected(open(redis))) {
            BoundLimits limits = store.bind(POLICIES);
            for (int i = 0; i < 10; i++) {
                awaitDeciding(limits);
                redis.command("CLIENT", "KILL", "TYPE", "normal");
            }
            awaitDeciding(limits);
            assertThat(told(log)).isEmpty();
        }
    }

    @Test
    void connections_from_before_an_outage_are_not_used_after_it() throws Exception {
        try (TestRedis redis = TestRedis.start();
                LimitStore store = connected(open(redis))) {
            BoundLimits limits = store.bind(POLICIES);
            ExecutorService threads = Executors.newFixedThreadPool(5);
            try {
                List<Callable<String>> decisions = Collections.nCopies(50, () -> reason(limits));
                assertThat(redis.connections()).isLessThanOrEqualTo(2);
                threads.invokeAll(decisions);
                redis.kill();
                awaitRefusingAtOnce(limits);
                redis.restart();
                awaitDeciding(limits);
                for (Future<String> decided : threads.invokeAll(decisions)) {
                    assertThat(decided.get()).isEqualTo("decided");
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static String reason(BoundLimits limits) {
        try {
            limits.decide("client", 1);
            return "decided";
        } catch (StoreUnavailableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void an_answer_that_comes_too_late_is_never_taken_for_another() {
        try (TestRedis redis = TestRedis.start();
                LimitStore store = connected(open(redis))) {
            BoundLimits many = store.bind(QuotaPolicies.parse("many", "1000000/1h"));
            BoundLimits few = store.bind(QuotaPolicies.parse("few", "3/1h"));
            many.decide("client", 1);
            redis.hang();
            assertThatThrownBy(() -> many.decide("client", 1)).isInstanceOf(StoreUnavailableException.class);
            redis.goOn();
            awaitDeciding(few);
            assertThat(few.decide("client", 1).quotas()).singleElement().satisfies(status -> {
                assertThat(status.policy().name()).isEqualTo("default");
                assertThat(status.remaining()).isLessThanOrEqualTo(1);
            });
        }
    }

    /** Redis has decided, and its answer was lost: whoever asks again is charged twice. */
    @Test
    void a_decision_whose_answer_is_lost_is_charged_once() {
        try (TestRedis redis = TestRedis.start();
                LossyProxy proxy = new LossyProxy(redis);
                LimitStore store = new RedisLimitStore(RedisAddress.parse(proxy.uri()), "seawall", TIMEOUT)) {
            BoundLimits limits = store.bind(QuotaPolicies.parse("api", "100/1h"));
            awaitDeciding(limits);
            long before = limits.decide("client", 1).quotas().get(0).remaining();
            proxy.loseNextAnswer();
            assertThat(reason(limits)).startsWith("Redis did not decide");
            assertThat(proxy.lost()).isOne();
            assertThat(limits.decide("client", 1).quotas().get(0).remaining())
                    .as("after the one that was lost, and this one")
                    .isEqualTo(before - 2);
        }
    }

    @Test
    void a_replica_that_must_not_be_written_counts_as_away() {
        try (TestRedis redis = TestRedis.start();
                LimitStore store = connected(open(redis))) {
            BoundLimits limits = store.bind(POLICIES);
            assertThat(decides(limits)).isTrue();
            redis.command("REPLICAOF", "127.0.0.1", "1");
            assertThatThrownBy(() -> limits.decide("client", 1)).hasMessageContaining("READONLY");
            awaitRefusingAtOnce(limits);
            redis.command("REPLICAOF", "NO", "ONE");
            awaitDeciding(limits);
        }
    }

    @Test
    void a_full_redis_counts_as_away() {
        try (TestRedis redis = TestRedis.start();
                LimitStore store = connected(open(redis))) {
            BoundLimits limits = store.bind(POLICIES);
            redis.command("CONFIG", "SET", "maxmemory", "1");
            assertThatThrownBy(() -> limits.decide("client", 1)).hasMessageContaining("OOM");
            awaitRefusingAtOnce(limits);
            redis.command("CONFIG", "SET", "maxmemory", "0");
            awaitDeciding(limits);
        }
    }

    @Test
    void a_wrong_password_is_told_without_telling_it() {
        try (TestRedis redis = TestRedis.start("--requirepass", "right");
                CapturedLog log = new CapturedLog(RedisLimitStore.class);
                LimitStore store = new RedisLimitStore(
                        RedisAddress.parse("redis://:top-secret@127.0.0.1:" + redis.port()),
                        "seawall",
                        Duration.ofMillis(250))) {
            assertThat(decides(store.bind(POLICIES))).isFalse();
            assertThat(told(log))
                    .singleElement()
                    .asString()
                    .contains("WRONGPASS", "Check user and password in the Redis address.")
                    .doesNotContain("top-secret");
        }
    }

    @Test
    void the_right_password_and_database_are_used() {
        try (TestRedis redis = TestRedis.start("--requirepass", "right");
                LimitStore store = new RedisLimitStore(
                        RedisAddress.parse("redis://:right@127.0.0.1:" + redis.port() + "/2"),
                        "seawall",
                        Duration.ofSeconds(10))) {
            assertThat(decides(store.bind(POLICIES))).isTrue();
            try (RedisClient client = RedisClient.create("redis://:right@127.0.0.1:" + redis.port() + "/2")) {
                assertThat(client.keys("seawall:api:*")).hasSize(1);
            }
        }
    }

    /** It restarts with another password: that it was gone was told, and is not what must be mended. */
    @Test
    void what_redis_says_when_it_is_back_and_refuses_is_told_once() {
        try (TestRedis redis = TestRedis.start();
                CapturedLog log = new CapturedLog(RedisLimitStore.class);
                LimitStore store = connected(open(redis))) {
            BoundLimits limits = store.bind(POLICIES);
            assertThat(decides(limits)).isTrue();
            redis.kill();
            Awaitility.await().until(() -> told(log).size() == 1);
            redis.restart(List.of("--requirepass", "other"));
            Awaitility.await().until(() -> told(log).size() == 2);
            assertThat(told(log).get(1)).contains("NOAUTH", "Check user and password in the Redis address.");
            long tries = refusals(log);
            Awaitility.await().until(() -> refusals(log) > tries + 2);
            assertThat(told(log)).hasSize(2);
            redis.kill();
            redis.restart();
            awaitDeciding(limits);
            assertThat(told(log)).hasSize(3).last().asString().contains("decides again");
        }
    }

    private static long refusals(CapturedLog log) {
        return log.lines().stream().filter(line -> line.contains("NOAUTH")).count();
    }

    @Test
    void a_store_that_is_closed_while_it_connects_does_not_blame_redis() {
        try (TestRedis redis = TestRedis.start();
                CapturedLog log = new CapturedLog(RedisLimitStore.class)) {
            for (int i = 0; i < 5; i++) {
                try (LimitStore store = connected(open(redis, Duration.ofMillis(250)))) {
                    BoundLimits limits = store.bind(POLICIES);
                    Awaitility.await().until(() -> decides(limits) && redis.connections() == 2);
                    redis.hang();
                    decides(limits);
                    decides(limits); // now both connections are lost, and another is in the making
                } finally {
                    redis.goOn();
                }
            }
            assertThat(log.lines()).noneMatch(line -> line.startsWith("WARNING") && line.contains("closed"));
        }
    }

    /** However many ask, and however long it hangs. */
    @Test
    void of_sixty_four_threads_two_batches_wait_for_a_redis_that_hangs() throws Exception {
        int threads = 64;
        int decisions = 100;
        try (TestRedis redis = TestRedis.start();
                WatchedStore store = new WatchedStore(connected(open(redis)));
                RateLimiter limiter = new RateLimiter(store)) {
            BoundLimits limits = limiter.bind(OR_FAIL);
            Awaitility.await().until(() -> decides(limits) && redis.connections() == 2);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                redis.hang();
                List<Callable<Long>> tasks = Collections.nCopies(
                        threads,
                        () -> IntStream.range(0, decisions)
                                .filter(i -> decides(limits))
                                .count());
                for (Future<Long> decided : pool.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                    assertThat(decided.get()).isZero();
                }
                assertThat(store.waited()).isBetween(2L, 2L * threads);
                assertThat(store.atOnce()).isEqualTo((long) threads * decisions - store.waited());
                redis.goOn();
                awaitDeciding(limits);
                assertThat(pool.invokeAll(tasks, 60, TimeUnit.SECONDS))
                        .allSatisfy(decided -> assertThat(decided.get()).isEqualTo(decisions));
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void connections_that_are_cut_under_load_charge_nobody_twice_and_nothing_is_told() throws Exception {
        try (TestRedis redis = TestRedis.start();
                LossyProxy proxy = new LossyProxy(redis);
                CapturedLog log = new CapturedLog(RedisLimitStore.class);
                WatchedStore store =
                        new WatchedStore(new RedisLimitStore(RedisAddress.parse(proxy.uri()), "seawall", PATIENT));
                RateLimiter limiter = new RateLimiter(store)) {
            BoundLimits limits = limiter.bind(OR_FAIL);
            try (Clients clients = new Clients(16, "client", List.of(limits))) {
                Clients.Tally tally = clients.tally(0);
                for (int i = 0; i < 10; i++) {
                    // One that is being made is not there yet: if it were cut, Redis would be away indeed.
                    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> proxy.busyConnections(50) == 2);
                    proxy.cutConnections();
                    awaitGranted(tally, 100);
                }
                clients.stop();
                assertThat(store.waited()).as("some were hit").isPositive();
                assertThat(charged(limits))
                        .isBetween(tally.granted.sum(), tally.granted.sum() + store.unanswered(POLICIES));
            }
            assertThat(told(log)).isEmpty();
        }
    }

    private static void awaitGranted(Clients.Tally tally, int more) {
        long before = tally.granted.sum();
        Awaitility.await().until(() -> tally.granted.sum() >= before + more);
    }

    @Test
    void scripts_that_are_flushed_under_load_are_missed_by_nobody() throws Exception {
        try (TestRedis redis = TestRedis.start();
                // A busy machine must not make an answer late.
                WatchedStore store = new WatchedStore(
                        new RedisLimitStore(RedisAddress.parse(redis.uri()), "seawall", Duration.ofSeconds(10)));
                RateLimiter limiter = new RateLimiter(store)) {
            BoundLimits limits = limiter.bind(OR_FAIL);
            try (Clients clients = new Clients(16, "client", List.of(limits))) {
                Clients.Tally tally = clients.tally(0);
                for (int i = 0; i < 20; i++) {
                    long before = tally.granted.sum();
                    Awaitility.await().until(() -> tally.granted.sum() >= before + 100);
                    redis.command("SCRIPT", "FLUSH");
                }
                clients.stop();
                assertThat(store.reasons()).isEmpty();
                assertThat(charged(limits)).isEqualTo(tally.granted.sum());
            }
        }
    }

    /** By all who have asked before. */
    private static long charged(BoundLimits limits) {
        return POLICIES.policies().get(0).permits()
                - limits.decide("client", 1).quotas().get(0).remaining()
                - 1;
    }
}
