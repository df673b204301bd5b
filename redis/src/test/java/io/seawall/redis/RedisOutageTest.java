package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
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

    private static LimitStore open(TestRedis redis) {
        return new RedisLimitStore(RedisAddress.parse(redis.uri()), "seawall", Duration.ofMillis(250));
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
                LimitStore store = open(redis)) {
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
                LimitStore store = open(redis)) {
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
                LimitStore store = open(redis)) {
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
                LimitStore store = open(redis)) {
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
                LimitStore store = open(redis)) {
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
                LimitStore store = open(redis)) {
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
                LimitStore store =
                        new RedisLimitStore(RedisAddress.parse(proxy.uri()), "seawall", Duration.ofMillis(250))) {
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
                LimitStore store = open(redis)) {
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
                LimitStore store = open(redis)) {
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
                    .contains("WRONGPASS")
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
}
