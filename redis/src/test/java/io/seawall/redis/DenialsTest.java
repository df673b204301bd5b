package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitOverride.Scope;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.Penalty;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.test.Property;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Law 3: what Redis has refused costs Redis nothing, and is never refused longer than Redis would. */
class DenialsTest {

    private static final long EPOCH_MICROS = 1_790_000_000_123_456L;

    private static TestRedis redis;
    private static RedisClient client;
    private TestClock clock;
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
        clock = new TestClock(client, EPOCH_MICROS);
        redis.command("CONFIG", "RESETSTAT");
        store = open("denials", clock);
        // Each connection is tried with two decisions before it is used, one of the connections in the background.
        Awaitility.await().until(() -> questions() == 4);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private static LimitStore open(String prefix, TestClock clock) {
        return new RedisLimitStore(
                RedisAddress.parse(redis.uri()), prefix, Duration.ofSeconds(10), TestClock.scripts(), clock::nanoTime);
    }

    private static QuotaPolicies policies(String limits) {
        return QuotaPolicies.parse("api", limits);
    }

    /** What Redis did because of decisions: every one of them looks for overrides once. */
    private static long questions() {
        Matcher matcher = Pattern.compile("cmdstat_exists:calls=(\\d+)").matcher(client.info("commandstats"));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static Decision.Denied denied(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Denied.class);
        return (Decision.Denied) decision;
    }

    @Test
    void a_refused_client_is_asked_for_again_when_a_permit_is_free_and_not_a_microsecond_before() {
        BoundLimits limits = store.bind(policies("2/60s"));
        limits.decide("client", 2);
        Decision.Denied first = denied(limits.decide("client", 1));
        long before = questions();

        clock.advance(Duration.ofNanos((first.retryAfterMicros() - 1) * 1000));
        for (int i = 0; i < 1_000; i++) {
            assertThat(denied(limits.decide("client", 1)).retryAfterMicros()).isOne();
        }
        assertThat(questions()).isEqualTo(before);

        clock.advance(Duration.ofNanos(1_000));
        assertThat(limits.decide("client", 1).allowed()).isTrue();
    }

    @Test
    void time_goes_on_in_what_a_refused_client_is_told() {
        BoundLimits limits = store.bind(policies("a=2/60s; b=9/1h"));
        limits.decide("client", 2);
        Decision.Denied first = denied(limits.decide("client", 1));

        clock.advance(Duration.ofSeconds(20));
        Decision.Denied later = denied(limits.decide("client", 1));

        assertThat(later.retryAfterMicros()).isEqualTo(first.retryAfterMicros() - 20_000_000);
        assertThat(later.atMicros()).isEqualTo(clock.micros());
        assertThat(later.violated()).isEqualTo(first.violated());
        assertThat(later.quotas()).hasSize(2).first().satisfies(status -> {
            assertThat(status.refused()).isTrue();
            assertThat(status.remaining()).isZero();
            assertThat(status.nextPermitMicros()).isEqualTo(later.retryAfterMicros());
        });
        assertThat(later.quotas().get(1).remaining()).isEqualTo(7);
    }

    /** The same questions to a store that remembers and to one that asks each time. */
    @Test
    void remembering_changes_no_decision() {
        Property.holds(60, random -> {
            client.flushAll();
            TestClock time = new TestClock(client, EPOCH_MICROS);
            AtomicLong days = new AtomicLong();
            try (LimitStore remembers = open("remembers", time);
                    LimitStore asks = new RedisLimitStore(
                            RedisAddress.parse(redis.uri()),
                            "asks",
                            Duration.ofSeconds(10),
                            TestClock.scripts(),
                            () -> days.addAndGet(TimeUnit.DAYS.toNanos(2)))) {
                String algorithm = List.of("sliding-window", "token-bucket", "fixed-window")
                        .get(random.nextInt(3));
                QuotaPolicies some = policies("a=" + random.nextInt(1, 9) + "/1s " + algorithm + "; b=12/3s");
                QuotaPolicies all = QuotaPolicies.parse("all", "6/1s");
                List<BoundLimits> one = List.of(remembers.bind(some), remembers.bind(all));
                List<BoundLimits> other = List.of(asks.bind(some), asks.bind(all));
                for (int step = 0; step < 60; step++) {
                    time.advance(Duration.ofNanos(1000L * random.nextInt(1, 200_000)));
                    String name = "client " + random.nextInt(2);
                    int cost = random.nextInt(1, 4);
                    int sets = random.nextInt(1, 3);
                    assertThat(remembers.decide(claims(one, sets, name, cost)).allowed())
                            .as("step %d", step)
                            .isEqualTo(
                                    asks.decide(claims(other, sets, name, cost)).allowed());
                }
            }
        });
    }

    private static List<Claim> claims(List<BoundLimits> bound, int sets, String name, int cost) {
        Claim own = new Claim(bound.get(0), name, cost);
        return sets == 1 ? List.of(own) : List.of(own, new Claim(bound.get(1), "", cost));
    }

    @Test
    void a_change_by_this_node_is_heeded_at_once() {
        BoundLimits limits = store.bind(policies("2/1h"));
        Decision.Allowed grant = (Decision.Allowed) limits.decide("client", 2);
        denied(limits.decide("client", 1));
        clock.advance(Duration.ofMillis(1));

        store.overrides().set(new LimitOverride("api", "default", Scope.client("client"), 3));
        assertThat(limits.decide("client", 1).allowed()).isTrue();
        denied(limits.decide("client", 1));
        clock.advance(Duration.ofMillis(1));

        store.reset(limits, "client");
        assertThat(limits.decide("client", 3).allowed()).isTrue();
        denied(limits.decide("client", 1));
        clock.advance(Duration.ofMillis(1));

        store.refund(List.of(new Claim(limits, "client", 2)), grant);
        assertThat(limits.decide("client", 1).allowed()).isTrue();
    }

    @Test
    void a_change_by_another_node_is_heeded_within_two_seconds() {
        try (LimitStore here = realTime();
                LimitStore there = realTime()) {
            BoundLimits limits = here.bind(policies("2/1h"));
            limits.decide("client", 2);
            denied(limits.decide("client", 1));
            there.overrides().set(new LimitOverride("api", "default", Scope.all(), 3));
            Awaitility.await().until(() -> limits.decide("client", 1).allowed());

            denied(limits.decide("client", 1));
            there.reset(there.bind(policies("2/1h")), "client");
            Awaitility.await().until(() -> limits.decide("client", 1).allowed());
        }
    }

    @Test
    void that_redis_was_emptied_is_heeded_within_two_seconds() {
        try (LimitStore store = realTime()) {
            BoundLimits limits = store.bind(policies("2/1h"));
            limits.decide("client", 2);
            denied(limits.decide("client", 1));
            Awaitility.await().until(() -> client.exists("seawall:{pulse}:changes"));
            client.flushAll();
            Awaitility.await().until(() -> limits.decide("client", 1).allowed());
        }
    }

    private static LimitStore realTime() {
        return new RedisLimitStore(RedisAddress.parse(redis.uri()), "seawall", Duration.ofSeconds(10));
    }

    @Test
    void refusals_that_count_towards_a_ban_all_reach_redis_and_a_ban_is_asked_for_once_a_second() {
        BoundLimits limits = store.bind(policies("1/1h").withPenalty(Penalty.parse("3/1m ban 10m..10m")));
        limits.decide("client", 1);
        for (int i = 0; i < 3; i++) {
            assertThat(denied(limits.decide("client", 1)).banned()).isFalse();
        }
        assertThat(denied(limits.decide("client", 1)).banned()).isTrue();
        long before = questions();
        for (int i = 0; i < 100; i++) {
            assertThat(denied(limits.decide("client", 1)).banned()).isTrue();
        }
        assertThat(questions()).isEqualTo(before);
        clock.advance(Duration.ofMillis(1_001));
        assertThat(denied(limits.decide("client", 1)).banned()).isTrue();
        assertThat(questions()).isEqualTo(before + 1);
    }

    @Test
    void what_is_never_granted_is_no_refusal_to_remember() {
        BoundLimits limits = store.bind(policies("2/1h"));
        assertThat(denied(limits.decide("client", 3)).retryAfterMicros()).isEqualTo(Decision.Denied.NEVER);
        assertThat(limits.decide("client", 2).allowed()).isTrue();
    }
}
