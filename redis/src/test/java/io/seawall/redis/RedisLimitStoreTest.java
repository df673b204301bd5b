package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitOverride.Scope;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.Penalty;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import io.seawall.ratelimit.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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
        redis.command("CONFIG", "RESETSTAT");
        store = open();
        // Both connections have asked what requests will ask.
        Awaitility.await().until(() -> calls("evalsha") >= 2);
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

    /** The script of one limit does not read overrides: it says that there are some, and then the other one is asked. */
    @Test
    void an_override_that_this_node_has_not_heard_of_holds_at_once() {
        BoundLimits limits = store.bind(policies("5/1h"));
        assertThat(limits.decide("client", 1).quotas().get(0).remaining()).isEqualTo(4);
        redis.command("HSET", "seawall:overrides", "a:api:default", "2");
        redis.command("CONFIG", "RESETSTAT");

        assertThat(limits.decide("client", 1).quotas().get(0).remaining()).isZero();
        assertThat(calls("evalsha") + calls("eval"))
                .as("asked in vain, and in full")
                .isGreaterThanOrEqualTo(2);

        redis.command("CONFIG", "RESETSTAT");
        assertThat(limits.decide("another", 1).quotas().get(0).remaining()).isEqualTo(1);
        assertThat(calls("evalsha")).as("now it is known").isEqualTo(1);
        assertThat(calls("eval")).isZero();
    }

    @Test
    void overrides_cost_no_second_question_once_this_node_has_heard_of_them() {
        BoundLimits limits = store.bind(policies("5/1h"));
        List<LimitOverride> told = watched(store);
        store.overrides().set(new LimitOverride("other", "default", Scope.all(), 2));
        Awaitility.await().until(() -> told.size() == 1);
        limits.decide("client", 1);
        redis.command("CONFIG", "RESETSTAT");
        for (int i = 0; i < 3; i++) {
            long before = calls("hmget");
            limits.decide("client", 1);
            assertThat(calls("hmget")).isEqualTo(before + 1);
        }
        assertThat(calls("exists")).as("scripts that were run").isEqualTo(3);
    }

    @Test
    void scripts_that_redis_has_lost_and_an_override_that_nobody_heard_of_come_together() {
        BoundLimits limits = store.bind(policies("5/1h"));
        assertThat(limits.decide("client", 1).allowed()).isTrue();
        redis.command("HSET", "seawall:overrides", "c:api:default:" + ClientHash.of("client"), "1");
        redis.command("SCRIPT", "FLUSH");
        assertThat(limits.decide("client", 1).allowed()).isFalse();
        assertThat(limits.decide("another", 1).quotas().get(0).remaining()).isEqualTo(4);
    }

    /** Also of one that was not set anew with the last write. The margin is a second, so it takes longer than that to tell. */
    @Test
    void no_key_dies_before_its_state_says_nothing_any_more() {
        BoundLimits limits = store.bind(policies("1000000000/6s"));
        limits.decide("client", 1);
        String key = client.keys("seawall:api:*").iterator().next();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1400);
        while (System.nanoTime() - end < 0) {
            long resetMicros = limits.decide("client", 1).quotas().get(0).resetMicros();
            assertThat(client.pttl(key) * 1000).isGreaterThan(resetMicros - 100_000);
        }
        assertThat(calls("set")).as("also by its own time to live").isGreaterThan(14);
    }

    @Test
    void a_limit_is_the_same_whichever_script_decides_it() {
        BoundLimits limits = store.bind(policies("5/1h"));
        assertThat(limits.decide("client", 1).allowed()).isTrue();
        assertThat(limits.decide("client", 2).allowed()).isTrue();
        redis.command("HSET", "seawall:overrides", "a:other:default", "2");
        assertThat(limits.decide("client", 1).quotas().get(0).remaining()).isEqualTo(1);
        redis.command("DEL", "seawall:overrides");
        assertThat(limits.decide("client", 1).quotas().get(0).remaining()).isZero();
        assertThat(limits.decide("client", 1).allowed()).isFalse();
    }

    @Test
    void a_refusal_writes_nothing() {
        BoundLimits limits = store.bind(policies("burst=1/1h; sustained=20/1d"));
        assertThat(limits.decide("client", 1).allowed()).isTrue();
        long writes = calls("set");
        for (int i = 0; i < 10; i++) {
            assertThat(limits.decide("client", 1).allowed()).isFalse();
        }
        assertThat(calls("set")).isEqualTo(writes);
    }

    @Test
    void every_key_dies_when_its_state_says_nothing_any_more() {
        BoundLimits limits = store.bind(policies("minute=10/60s; hour=10/1h; fixed=10/1d fixed-window-from-first"));
        limits.decide("client", 1);
        assertThat(limits.decide("client", 1).allowed())
                .as("within the same slices")
                .isTrue();
        Set<String> keys = client.keys("seawall:api:*");
        assertThat(keys).hasSize(3);
        for (String key : keys) {
            long windowMillis = key.endsWith("sw1m") ? 60_000 : key.endsWith("sw1h") ? 3_600_000 : 86_400_000;
            assertThat(client.pttl(key)).as(key).isBetween(windowMillis / 2, windowMillis + windowMillis / 60 + 1000);
        }
    }

    @Test
    void a_key_shows_prefix_policies_and_limit_but_not_the_client() {
        store.bind(policies("minute=10/60s")).decide("header:X-Api-Key top-secret", 1);
        store.bind(policies("minute=10/60s")).decide("x".repeat(10_000), 1);
        store.bind(policies("minute=10/60s")).decide("}{user}", 1);
        store.bind(policies("10/60s token-bucket")).decide("user", 1);
        assertThat(client.keys("*"))
                .filteredOn(key -> !key.startsWith("seawall:probe:"))
                .hasSize(4)
                .allMatch(key -> Pattern.matches("seawall:api:\\{[A-Za-z0-9_-]{22}}:(minute:sw1m|tb1m)", key));
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
    void several_claims_and_all_that_they_need_are_one_command() {
        QuotaPolicies mine = QuotaPolicies.parse("mine", "1/1h; b=9/1h token-bucket; c=9/1h fixed-window shadow");
        BoundLimits client1 = store.bind(mine.withPenalty(Penalty.parse("3/1m ban 1m..1h")));
        BoundLimits everybody = store.bind(policies("100/1h"));
        List<Claim> claims = List.of(new Claim(client1, "client", 1), new Claim(everybody, "", 1));
        store.overrides().set(new LimitOverride("api", "default", Scope.all(), 10));
        redis.command("CONFIG", "RESETSTAT");
        Decision.Allowed allowed = (Decision.Allowed) store.decide(claims);
        assertThat(store.decide(claims).allowed()).isFalse();
        store.refund(claims, allowed);
        assertThat(calls("evalsha")).isEqualTo(3);
        assertThat(calls("eval")).isEqualTo(2); // what this Redis has not seen yet: both scripts of these algorithms
        assertThat(client.info("commandstats").lines().filter(line -> line.startsWith("cmdstat_")))
                .extracting(line -> line.substring("cmdstat_".length(), line.indexOf(':')))
                .filteredOn(command -> !command.startsWith("config") && !command.equals("info"))
                .containsExactlyInAnyOrder("evalsha", "eval", "time", "exists", "hmget", "get", "set", "del");
    }

    @Test
    void without_overrides_a_decision_looks_for_them_once() {
        BoundLimits limits = store.bind(policies("burst=5/1h; middle=10/2h; sustained=20/1d"));
        limits.decide("client", 1);
        assertThat(calls("exists")).isEqualTo(1);
        assertThat(calls("hmget")).isZero();
    }

    @Test
    void an_override_holds_on_all_nodes_with_the_next_decision_and_lives_until_it_is_removed() {
        try (LimitStore other = open()) {
            BoundLimits here = store.bind(policies("10/1h"));
            BoundLimits there = other.bind(policies("10/1h"));
            there.decide("client", 1);
            store.overrides().set(new LimitOverride("api", "default", Scope.client("client"), 3));
            QuotaStatus status = there.decide("client", 1).quotas().get(0);
            assertThat(status.policy().permits()).isEqualTo(3);
            assertThat(status.remaining()).isEqualTo(1);
            assertThat(here.decide("another", 1).quotas().get(0).policy())
                    .isSameAs(here.policies().policies().get(0));
            assertThat(client.pttl("seawall:overrides")).isEqualTo(-1);
            assertThat(other.overrides().remove("api", "default", Scope.client("client")))
                    .isTrue();
            assertThat(here.decide("client", 1).quotas().get(0).remaining()).isEqualTo(7);
            assertThat(client.exists("seawall:overrides")).isFalse();
        }
    }

    @Test
    void an_override_that_cannot_be_read_fails_the_decisions_that_it_is_for_and_is_named() {
        BoundLimits limits = store.bind(policies("100/1h").forTier("gold"));
        String hash = ClientHash.of("client");
        for (String value : new String[] {"", "x", "-1", "1.5", "1e3", " 1", "9007199254740992", "00000000000000001"}) {
            for (String field : List.of("c:api:default:" + hash, "t:api:default:gold", "a:api:default")) {
                client.flushAll();
                client.hset("seawall:overrides", field, value);
                for (int i = 0; i < 5; i++) {
                    assertThatThrownBy(() -> limits.decide("client", 1))
                            .as("%s=%s", field, value)
                            .isInstanceOf(StoreUnavailableException.class)
                            .hasMessageContainingAll(field, "seawall:overrides", "remove it")
                            .hasMessageNotContaining("Redis is away");
                }
                assertThatThrownBy(() -> store.overrides().list()).hasMessageContainingAll(field, "remove it");
                assertThat(client.keys("seawall:api*")).isEmpty();
                if (!field.startsWith("a")) {
                    BoundLimits others = store.bind(policies("100/1h").forTier("silver"));
                    assertThat(others.decide("another", 1).quotas()).hasSize(1);
                }
            }
        }
    }

    @Test
    void overrides_in_a_key_of_another_type_are_named_and_left_alone() {
        client.lpush("seawall:overrides", "not", "ours");
        BoundLimits limits = store.bind(policies("100/1h"));
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> limits.decide("client", 1))
                    .hasMessageContainingAll("seawall:overrides", "not Seawall's");
            assertThatThrownBy(() -> store.overrides().list()).hasMessageContaining("WRONGTYPE");
        }
        assertThat(client.lrange("seawall:overrides", 0, -1)).hasSize(2);
    }

    @Test
    void a_shadow_limit_that_cannot_be_read_harms_no_decision() {
        BoundLimits limits = store.bind(policies("enforced=100/1h; tried=100/1h shadow"));
        limits.decide("client", 1);
        String key = client.keys("seawall:api:*:tried:*").iterator().next();
        client.set(key, "not ours");
        Decision.Allowed decision = (Decision.Allowed) limits.decide("client", 1);
        assertThat(decision.shadowRefusals()).extracting(QuotaPolicy::name).containsExactly("tried");
        assertThat(decision.quotas().get(0).remaining()).isEqualTo(98);
        store.refund(
                List.of(new Claim(limits, "client", 1)),
                new Decision.Allowed(List.of(), List.of(), decision.atMicros(), false));
        assertThat(limits.decide("client", 1).quotas().get(0).remaining()).isEqualTo(98);
        assertThat(client.get(key)).isEqualTo("not ours");
    }

    @Test
    void every_key_has_a_time_to_live_whatever_is_done_but_for_the_overrides() {
        QuotaPolicies all = policies(
                        "a=2/1h; b=2/1h token-bucket burst=3; c=2/1h fixed-window; d=2/1h fixed-window-from-first;"
                                + " e=2/1h shadow")
                .forTier("gold")
                .withPenalty(Penalty.parse("2/1m ban 1m..1h"));
        BoundLimits limits = store.bind(all);
        store.overrides().set(new LimitOverride("api", "a", Scope.tier("gold"), 3));
        Decision.Allowed first = (Decision.Allowed) limits.decide("client", 1);
        limits.decide("client", 1);
        for (int i = 0; i < 4; i++) {
            assertThat(limits.decide("client", 1).allowed()).isFalse();
        }
        store.refund(List.of(new Claim(limits, "client", 1)), first);
        Set<String> keys = client.keys("*");
        assertThat(keys).filteredOn(key -> key.startsWith("seawall:api.gold:{")).hasSize(6);
        for (String key : keys) {
            if (key.equals("seawall:overrides")) {
                assertThat(client.pttl(key)).isEqualTo(-1);
            } else {
                assertThat(client.pttl(key)).as(key).isBetween(1L, 2 * 3_600_000L + 1000);
            }
        }
    }

    @Test
    void what_is_given_back_to_the_last_permit_leaves_no_key() {
        BoundLimits limits = store.bind(policies("a=9/1h; b=9/1h token-bucket; c=9/1h fixed-window"));
        Decision.Allowed decision = (Decision.Allowed) limits.decide("client", 4);
        assertThat(client.keys("seawall:api:*")).hasSize(3);
        store.refund(List.of(new Claim(limits, "client", 4)), decision);
        // Of a bucket, what has run off meanwhile is not given back, nor is what is left after it.
        assertThat(client.keys("seawall:api:*")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void a_client_that_is_reset_leaves_no_key() {
        BoundLimits limits =
                store.bind(policies("a=1/1h; b=9/1h token-bucket").withPenalty(Penalty.parse("1/1m ban 1m..1h")));
        for (String each : List.of("one", "other")) {
            limits.decide(each, 1);
            limits.decide(each, 1);
        }
        assertThat(client.keys("seawall:api:*")).hasSize(6);
        store.reset(limits, "one");
        assertThat(client.keys("seawall:api:*"))
                .hasSize(3)
                .allMatch(key -> key.contains("{" + ClientHash.of("other") + "}"));
    }

    /** With as many slices in use as there can be, and a name as long as the filter's. */
    @Test
    void the_state_of_a_client_stays_small_whatever_its_limit_and_its_traffic() {
        assertThat(largestState("100/60s")).isBetween(100L, 250L);
        assertThat(largestState("1000000/60s")).isBetween(100L, 400L);
        assertThat(largestState("9007199254740991/366d")).isBetween(100L, 800L);
        for (String algorithm : List.of("token-bucket", "fixed-window", "fixed-window-from-first")) {
            assertThat(largestState("100/60s " + algorithm)).isBetween(50L, 160L);
            assertThat(largestState("200/366d " + algorithm)).isBetween(50L, 160L);
        }
    }

    private static long largestState(String limits) {
        client.flushAll();
        TestClock clock = new TestClock(client, 1_790_000_000_000_000L);
        QuotaPolicies policies = QuotaPolicies.parse("RateLimitFilter", limits);
        QuotaPolicy policy = policies.policies().get(0);
        long slice = policy.window().toMillis() * 1000 / 60;
        long largest = 0;
        try (LimitStore onTestClock = new RedisLimitStore(
                RedisAddress.parse(redis.uri()),
                "seawall",
                Duration.ofSeconds(10),
                TestClock.scripts(),
                System::nanoTime)) {
            BoundLimits bound = onTestClock.bind(policies);
            for (int i = 0; i < 200; i++) {
                clock.advance(Duration.ofNanos(slice * 1000));
                bound.decide("client", Math.max(1, policy.permits() / 62));
                String key = client.keys("seawall:RateLimitFilter:*").iterator().next();
                Long bytes = client.memoryUsage(key);
                largest = Math.max(largest, bytes == null ? 0 : bytes);
            }
        }
        return largest;
    }

    /** What a node is told for the time in which Redis is away. */
    private static List<LimitOverride> watched(LimitStore watchedStore) {
        List<LimitOverride> overrides = new CopyOnWriteArrayList<>();
        watchedStore.watch((nodes, seen) -> {
            overrides.clear();
            overrides.addAll(seen);
        });
        return overrides;
    }

    @Test
    void what_another_node_changes_is_told_for_the_time_in_which_redis_is_away() {
        try (LimitStore other = open()) {
            List<LimitOverride> told = watched(store);
            LimitOverride override = new LimitOverride("api", "default", Scope.client("client"), 0);
            other.overrides().set(override);
            Awaitility.await().until(() -> told.equals(List.of(override)));
            other.overrides().remove("api", "default", Scope.client("client"));
            Awaitility.await().until(() -> told.isEmpty());
        }
    }

    @Test
    void a_node_that_lives_is_known_by_a_key_that_dies_with_it() {
        Awaitility.await().until(() -> client.zcard("seawall:{pulse}:nodes") == 1);
        assertThat(client.pttl("seawall:{pulse}:nodes")).isBetween(1L, 60_000L);
    }

    @Test
    void a_user_who_has_the_documented_rights_and_no_others_can_do_everything() throws Exception {
        String documented = Files.readAllLines(Path.of("..", "docs", "design", "redis-store.md")).stream()
                .filter(line -> line.startsWith("ACL SETUSER seawall "))
                .findFirst()
                .orElseThrow();
        List<String> words = List.of(documented.split(" "));
        assertThat(words).contains("-@all", "~seawall:*", ">secret");
        redis.command("ACL", words.subList(1, words.size()).toArray(String[]::new));
        try (LimitStore limited = new RedisLimitStore(
                RedisAddress.parse("redis://seawall:secret@127.0.0.1:" + redis.port()),
                "seawall",
                Duration.ofSeconds(10))) {
            BoundLimits limits =
                    limited.bind(policies("a=2/1h; b=2/1h token-bucket; c=2/1h fixed-window; d=2/1h shadow")
                            .withPenalty(Penalty.parse("1/1m ban 1m..1h")));
            List<LimitOverride> told = watched(limited);
            limited.overrides().set(new LimitOverride("api", "a", Scope.all(), 1));
            assertThat(limited.overrides().list()).hasSize(1);
            Awaitility.await().until(() -> told.size() == 1);
            BoundLimits alone = limited.bind(QuotaPolicies.parse("alone", "100/1h"));
            assertThat(alone.decide("client", 1).allowed()).isTrue();
            assertThat(alone.decide("client", 1).allowed())
                    .as("in the same slice")
                    .isTrue();
            Decision.Allowed decision = (Decision.Allowed) limits.decide("client", 1);
            assertThat(limits.decide("client", 1).allowed()).isFalse();
            assertThat(limits.decide("client", 1)).extracting("banned").isEqualTo(true);
            limited.refund(List.of(new Claim(limits, "client", 1)), decision);
            limited.reset(limits, "client");
            assertThat(limited.overrides().remove("api", "a", Scope.all())).isTrue();
            assertThat(limits.decide("client", 2).allowed()).isTrue();
            assertThat(alone.decide("client", 1).allowed())
                    .as("without overrides")
                    .isTrue();
        } finally {
            redis.command("ACL", "DELUSER", "seawall");
        }
    }

    @Test
    void a_user_of_another_prefix_decides_nothing() {
        redis.command("ACL", "SETUSER", "limiter", "on", ">pass", "~other:*", "+@all");
        try (LimitStore limited = new RedisLimitStore(
                RedisAddress.parse("redis://limiter:pass@127.0.0.1:" + redis.port()),
                "seawall",
                Duration.ofSeconds(10))) {
            assertThatThrownBy(() -> limited.bind(policies("1/1h")).decide("client", 1))
                    .hasMessage("Redis is away");
        } finally {
            redis.command("ACL", "DELUSER", "limiter");
        }
    }

    @Test
    void limits_of_another_store_are_refused() {
        try (LimitStore other = open()) {
            BoundLimits limits = other.bind(policies("10/1h"));
            for (Runnable use : List.<Runnable>of(
                    () -> store.decide(List.of(new Claim(limits, "client", 1))),
                    () -> store.reset(limits, "client"),
                    () -> store.refund(
                            List.of(new Claim(limits, "client", 1)),
                            new Decision.Allowed(List.of(), List.of(), 1, false)))) {
                assertThatThrownBy(use::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("bound to another store");
            }
        }
    }

    @Test
    void a_store_leaves_no_thread_when_it_is_closed() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (TestRedis absent = TestRedis.absent();
                LimitStore away = new RedisLimitStore(
                        RedisAddress.parse(absent.uri()), "seawall", RedisLimitStore.DEFAULT_TIMEOUT)) {
            assertThatThrownBy(() -> away.bind(policies("10/1h")).decide("client", 1))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(newThreads(before)).extracting(Thread::getName).contains("seawall-redis-connect");
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
