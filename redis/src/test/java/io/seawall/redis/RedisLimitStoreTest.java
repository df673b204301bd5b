package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.StoreUnavailableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** What the store does to Redis, beside deciding right. */
class RedisLimitStoreTest {

    private static TestRedis redis;
    private static RedisClient client;
    private LimitStore store;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start();
        client = redis.client();
    }

    @AfterAll
    static void stopRedis() {
        client.close();
        redis.close();
    }

    @BeforeEach
    void openStore() {
        client.flushAll();
        store = open();
        redis.command("CONFIG", "RESETSTAT");
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private static LimitStore open() {
        // A busy machine must not make an answer late: what happens then is RedisOutageTest's.
        return new RedisLimitStore(RedisAddress.parse(redis.uri()), "seawall", Duration.ofSeconds(10));
    }

    private static QuotaPolicies policies(String limits) {
        return QuotaPolicies.parse("api", limits);
    }

    /** How often Redis carried out a command since the test began. */
    private static long calls(String command) {
        Matcher matcher =
                Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(client.info("commandstats"));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    @Test
    void all_limits_of_a_request_are_decided_by_one_command() {
        BoundLimits limits = store.bind(policies("burst=5/1h; middle=10/2h; sustained=20/1d"));
        limits.decide("client", 1);
        limits.decide("client", 2);
        assertThat(calls("evalsha")).isEqualTo(2);
        assertThat(calls("eval")).isZero();
    }

    @Test
    void a_refusal_writes_nothing() {
        BoundLimits limits = store.bind(policies("burst=1/1h; sustained=20/1d"));
        assertThat(limits.decide("client", 1).allowed()).isTrue();
        long writes = calls("psetex");
        for (int i = 0; i < 10; i++) {
            assertThat(limits.decide("client", 1).allowed()).isFalse();
        }
        assertThat(calls("psetex")).isEqualTo(writes);
    }

    @Test
    void every_key_dies_when_its_state_says_nothing_any_more() {
        store.bind(policies("minute=10/60s; hour=10/1h")).decide("client", 1);
        Set<String> keys = client.keys("seawall:api:*");
        assertThat(keys).hasSize(2);
        for (String key : keys) {
            long windowMillis = key.endsWith("sw1m") ? 60_000 : 3_600_000;
            assertThat(client.pttl(key)).as(key).isBetween(windowMillis / 2, windowMillis + windowMillis / 60 + 1000);
        }
    }

    @Test
    void a_key_shows_prefix_policies_and_limit_but_not_the_client() {
        store.bind(policies("minute=10/60s")).decide("header:X-Api-Key top-secret", 1);
        store.bind(policies("minute=10/60s")).decide("x".repeat(10_000), 1);
        store.bind(policies("minute=10/60s")).decide("}{user}", 1);
        assertThat(client.keys("*"))
                .filteredOn(key -> !key.endsWith(":probe"))
                .hasSize(3)
                .allMatch(key -> Pattern.matches("seawall:api:\\{[A-Za-z0-9_-]{22}}:minute:sw1m", key));
    }

    @Test
    void scripts_that_redis_has_lost_are_sent_again_and_charge_once() {
        BoundLimits limits = store.bind(policies("10/1h"));
        limits.decide("client", 1);
        client.scriptFlush();
        Decision decision = limits.decide("client", 1);
        assertThat(decision.quotas().get(0).remaining()).isEqualTo(8);
        assertThat(limits.decide("client", 1).quotas().get(0).remaining()).isEqualTo(7);
        assertThat(calls("eval")).isEqualTo(1);
    }

    @Test
    void a_limit_that_is_lowered_has_nothing_left_and_never_less() {
        store.bind(policies("100/1h")).decide("client", 50);
        Decision decision = store.bind(policies("10/1h")).decide("client", 1);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.quotas()).singleElement().satisfies(status -> {
            assertThat(status.remaining()).isZero();
            assertThat(status.nextPermitMicros()).isPositive();
        });
    }

    @Test
    void a_key_that_holds_something_else_is_left_alone_and_harms_its_own_client_only() {
        BoundLimits limits = store.bind(policies("100/1h"));
        limits.decide("client", 1);
        String key = client.keys("seawall:api:*").iterator().next();
        List<Runnable> accidents = List.of(
                () -> client.lpush(key, "not", "ours"),
                () -> client.set(key, "\u00ff"),
                () -> client.set(key, "odd"),
                () -> client.set(key.getBytes(US_ASCII), zeroOfManyBytes()),
                () -> client.set(key, "x".repeat(9000)));
        for (Runnable accident : accidents) {
            client.del(key);
            accident.run();
            byte[] before = client.dump(key);
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> limits.decide("client", 1))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContainingAll(key, "not Seawall's", "another key prefix");
                assertThat(limits.decide("another", 1).quotas()).hasSize(1);
            }
            assertThat(client.dump(key)).isEqualTo(before);
        }
    }

    /** Two numbers; the first is 0, written with more bytes than any number has. */
    private static byte[] zeroOfManyBytes() {
        byte[] bytes = new byte[1000];
        Arrays.fill(bytes, 0, 998, (byte) 0x80);
        return bytes;
    }

    @Test
    void the_state_of_a_client_stays_small_whatever_its_traffic() {
        QuotaPolicies policies = policies("100/600ms");
        BoundLimits limits = store.bind(policies);
        long end = System.nanoTime() + Duration.ofMillis(1500).toNanos();
        long largest = 0;
        while (System.nanoTime() < end) {
            limits.decide("client", 1);
            for (String key : client.keys("seawall:api:*")) {
                Long bytes = client.memoryUsage(key);
                largest = Math.max(largest, bytes == null ? 0 : bytes);
            }
        }
        assertThat(largest).isBetween(1L, 300L);
    }

    @Test
    void a_store_leaves_no_thread_when_it_is_closed() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (TestRedis absent = TestRedis.absent();
                LimitStore away = new RedisLimitStore(
                        RedisAddress.parse(absent.uri()), "seawall", RedisLimitStore.DEFAULT_TIMEOUT)) {
            assertThatThrownBy(() -> away.bind(policies("10/1h")).decide("client", 1))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(newThreads(before)).extracting(Thread::getName).contains("seawall-redis-probe");
        }
        Awaitility.await().untilAsserted(() -> assertThat(newThreads(before)).isEmpty());
    }

    /** Not those of the test's own tools. */
    private static List<Thread> newThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().startsWith("seawall")
                        || thread.getName().startsWith("commons-pool"))
                .toList();
    }

    @Test
    void prefixes_and_timeouts_are_checked() {
        for (String prefix : new String[] {"", "a b", "{tag}", "a*", "p".repeat(65)}) {
            assertThatThrownBy(() -> RedisLimitStore.requirePrefix(prefix))
                    .hasMessageContainingAll("'" + prefix + "'", "1 to 64");
        }
        assertThat(RedisLimitStore.requirePrefix("shop:prod-1.eu_west")).isEqualTo("shop:prod-1.eu_west");
        assertThatThrownBy(() -> RedisLimitStore.requireTimeout(Duration.ZERO))
                .hasMessageContainingAll("0ms", "1ms to 10s");
        assertThatThrownBy(() -> RedisLimitStore.requireTimeout(Duration.ofSeconds(11)))
                .hasMessageContaining("11000ms");
    }
}
