package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitOverride.Scope;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.OnStoreFailure;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.ratelimit.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** What a node does with permits that it takes before it needs them. */
class LeasesTest {

    private static final long EPOCH_MICROS = 1_790_000_000_000_000L;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int LEASE = 8;

    private static TestRedis redis;
    private static RedisClient client;
    private final List<RedisLimitStore> open = new ArrayList<>();
    private TestClock clock;
    private RedisLimitStore store;

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
        store = open();
    }

    @AfterEach
    void closeStores() {
        open.forEach(RedisLimitStore::close);
    }

    private RedisLimitStore open() {
        long before = questions();
        RedisLimitStore opened = opened(redis.uri(), TIMEOUT);
        // Both connections have asked twice what requests will ask.
        Awaitility.await().until(() -> questions() >= before + 4);
        return opened;
    }

    private RedisLimitStore opened(String uri, Duration timeout) {
        RedisLimitStore opened =
                new RedisLimitStore(RedisAddress.parse(uri), "leases", timeout, TestClock.scripts(), clock::nanoTime);
        open.add(opened);
        return opened;
    }

    private static QuotaPolicies policies(String limits) {
        return QuotaPolicies.parse("api", limits).withLease(LEASE);
    }

    /** What Redis did because of decisions: every one of them looks for overrides once. */
    private static long questions() {
        return TestRedis.calls(client, "exists");
    }

    private static long remaining(Decision decision) {
        assertThat(decision.allowed()).isTrue();
        return decision.quotas().get(0).remaining();
    }

    /** Takes permits until the next question would ask for a whole lease, of which none is in hand. */
    private static void warmUp(BoundLimits limits) {
        // 1, and then 2, 4 and 8 at once.
        for (int i = 0; i < 1 + 2 + 4 + LEASE; i++) {
            assertThat(limits.decide("client", 1).allowed()).isTrue();
        }
    }

    /** Without a lease, and from another name of the same limits: what is charged, also if nobody has used it. */
    private long charged(String limits) {
        long free = remaining(open().bind(QuotaPolicies.parse("api", limits)).decide("client", 1));
        return QuotaPolicies.parse("api", limits).policies().get(0).permits() - free - 1;
    }

    @Test
    void a_client_that_is_seen_often_gets_one_and_then_twice_as_many_up_to_the_lease() {
        BoundLimits limits = store.bind(policies("1000/60s"));
        List<Long> asked = new ArrayList<>();
        long before = questions();
        for (int i = 0; i < 1 + 2 + 4 + LEASE + LEASE; i++) {
            assertThat(remaining(limits.decide("client", 1))).isEqualTo(999 - i);
            if (questions() > before) {
                asked.add((long) i);
                before = questions();
            }
        }
        assertThat(asked).containsExactly(0L, 1L, 3L, 7L, 15L);
    }

    @Test
    void what_is_left_over_is_given_back_with_the_next_question_which_asks_for_less() {
        String text = "1000/60s";
        BoundLimits limits = store.bind(policies(text));
        warmUp(limits);
        limits.decide("client", 1);
        assertThat(charged(text)).isEqualTo(15 + LEASE);

        clock.advance(Duration.ofSeconds(1));
        assertThat(remaining(limits.decide("client", 1)))
                .as("17 of this node and 1 of the test")
                .isEqualTo(1000 - 18);
        assertThat(charged(text)).as("half a lease more").isEqualTo(18 + LEASE / 2 - 1);
    }

    @Test
    void what_nobody_asks_for_any_more_is_given_back_within_two_seconds() {
        String text = "1000/60s";
        BoundLimits limits = store.bind(policies(text));
        BoundLimits elsewhere = open().bind(QuotaPolicies.parse("api", text));
        warmUp(limits);
        limits.decide("client", 1);
        assertThat(remaining(elsewhere.decide("client", 1))).isEqualTo(1000 - 15 - LEASE - 1);
        clock.advance(Duration.ofSeconds(1));
        int[] own = {1};
        Awaitility.await().until(() -> remaining(elsewhere.decide("client", 1)) == 1000 - 16 - ++own[0]);
    }

    @Test
    void a_store_that_is_closed_gives_back_what_it_has_in_hand() {
        String text = "1000/60s";
        BoundLimits limits = store.bind(policies(text));
        warmUp(limits);
        limits.decide("client", 1);
        assertThat(charged(text)).isEqualTo(15 + LEASE);
        store.close();
        assertThat(charged(text)).as("16 of this node and 1 of the test").isEqualTo(17);
    }

    @Test
    void what_a_killed_node_has_in_hand_is_lost_until_it_leaves_its_window_and_is_a_lease_at_most() {
        String text = "1000/60s";
        try (LossyProxy way = new LossyProxy(redis)) {
            BoundLimits killed = opened(way.uri(), TIMEOUT).bind(policies(text));
            warmUp(killed);
            killed.decide("client", 1);
        }
        assertThat(charged(text)).isEqualTo(16 + LEASE - 1);
        clock.advance(Duration.ofSeconds(61));
        assertThat(charged(text)).isZero();
    }

    @Test
    void another_node_is_refused_early_by_less_than_a_lease_and_nothing_is_lost() {
        List<BoundLimits> nodes = List.of(store.bind(policies("1000/60s")), open().bind(policies("1000/60s")));
        int granted = 0;
        int early = 0;
        for (int i = 0; i < 4_000; i++) {
            // In turns of different lengths, so that one is in need while the other is not.
            Decision decision = nodes.get(i / 7 % 5 == 0 ? 1 : 0).decide("client", 1);
            granted += decision.allowed() ? 1 : 0;
            early = Math.max(early, decision.allowed() ? 0 : 1000 - granted);
        }
        assertThat(early).isLessThan(LEASE);
        assertThat(granted).isEqualTo(1000);
    }

    @Test
    void near_the_limit_every_permit_is_asked_for_and_nobody_is_refused_early() {
        List<BoundLimits> nodes = List.of(store.bind(policies("19/60s")), open().bind(policies("19/60s")));
        for (int i = 0; i < 19; i++) {
            assertThat(remaining(nodes.get(i / 5 % 2).decide("client", 1))).isEqualTo(18 - i);
        }
        assertThat(nodes.get(0).decide("client", 1).allowed()).isFalse();
    }

    @Test
    void a_lease_is_shared_by_those_who_ask_the_same_and_by_nobody_else() {
        BoundLimits limits = store.bind(policies("1000/60s"));
        BoundLimits all = store.bind(QuotaPolicies.parse("all", "1000/60s").withLease(LEASE));
        BoundLimits exact = store.bind(QuotaPolicies.parse("exact", "1000/60s"));
        warmUp(limits);
        limits.decide("client", 1);
        long before = questions();
        limits.decide("client", 1);
        assertThat(questions()).isEqualTo(before);

        limits.decide("another", 1);
        limits.decide("client", 2);
        store.decide(List.of(new Claim(limits, "client", 1), new Claim(all, "", 1)));
        for (int i = 0; i < 20; i++) {
            store.decide(List.of(new Claim(limits, "client", 1), new Claim(exact, "", 1)));
        }
        assertThat(questions()).isEqualTo(before + 23);
    }

    @Test
    void several_leases_of_one_client_are_no_more_than_one_may_be() {
        String text = "1000/60s";
        BoundLimits limits = store.bind(policies(text));
        BoundLimits all = store.bind(QuotaPolicies.parse("all", "100000/60s").withLease(LEASE));
        int used = 0;
        for (int i = 0; i < 40; i++) {
            for (int ofAll = 0; ofAll < 5; ofAll++) {
                store.decide(List.of(new Claim(limits, "client", 1), new Claim(all, "of all " + ofAll, 1)));
                used++;
            }
        }
        assertThat(charged(text)).isBetween((long) used, (long) used + LEASE);
    }

    @Test
    void a_name_of_any_length_has_leases() {
        String text = "1000/60s";
        BoundLimits limits = store.bind(policies(text));
        String name = "key ".repeat(1000);
        for (int i = 0; i < 16; i++) {
            limits.decide(name, 1);
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(remaining(limits.decide(name, 1))).isEqualTo(1000 - 17);
        assertThat(remaining(limits.decide("key ".repeat(999), 1))).isEqualTo(999);
    }

    @Test
    void a_change_by_this_node_ends_all_leases_at_once() {
        BoundLimits limits = store.bind(policies("1000/60s"));
        warmUp(limits);
        limits.decide("client", 1);
        store.overrides().set(new LimitOverride("api", "default", Scope.client("client"), 16));
        clock.advance(Duration.ofNanos(1000));
        assertThat(limits.decide("client", 1).allowed()).isFalse();
        store.overrides().set(new LimitOverride("api", "default", Scope.client("client"), 17));
        clock.advance(Duration.ofNanos(1000));
        assertThat(remaining(limits.decide("client", 1))).isZero();
    }

    @Test
    void a_client_that_is_reset_here_begins_anew_and_gets_nothing_back() {
        String text = "1000/60s";
        BoundLimits limits = store.bind(policies(text));
        warmUp(limits);
        limits.decide("client", 1);
        store.reset(limits, "client");
        clock.advance(Duration.ofNanos(1000));
        open().bind(policies(text)).decide("client", 10);
        store.giveBackLeftOvers(Deadline.in(TIMEOUT.toNanos()));
        assertThat(remaining(limits.decide("client", 1))).isEqualTo(1000 - 11);
    }

    @Test
    void a_change_by_another_node_is_heeded_within_two_seconds() {
        BoundLimits limits = store.bind(policies("1000000/60s"));
        warmUp(limits);
        open().overrides().set(new LimitOverride("api", "default", Scope.client("client"), 0));
        // Time stands still, so no lease ends by itself.
        Awaitility.await()
                .atMost(2 + 3, TimeUnit.SECONDS)
                .until(() -> !limits.decide("client", 1).allowed());
    }

    @Test
    void permits_that_a_request_gives_back_are_told_by_the_next_one() {
        BoundLimits limits = store.bind(policies("1000/60s"));
        warmUp(limits);
        Decision.Allowed byLease = (Decision.Allowed) limits.decide("client", 1);
        store.refund(List.of(new Claim(limits, "client", 1)), byLease);
        assertThat(remaining(limits.decide("client", 1))).isEqualTo(1000 - 16);
    }

    @Test
    void a_refusal_is_trusted_for_a_second_since_another_node_may_give_back() {
        BoundLimits limits = store.bind(policies("16/1h"));
        BoundLimits elsewhere = open().bind(QuotaPolicies.parse("api", "16/1h"));
        Decision.Allowed granted = (Decision.Allowed) elsewhere.decide("client", 16);
        assertThat(limits.decide("client", 1).allowed()).isFalse();
        open.get(1).refund(List.of(new Claim(elsewhere, "client", 1)), granted);
        assertThat(limits.decide("client", 1).allowed()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(limits.decide("client", 1).allowed()).isTrue();
    }

    @Test
    void while_redis_is_away_a_lease_goes_on_to_its_end_and_is_counted_here() {
        try (TestRedis sick = TestRedis.start()) {
            try (RedisClient clientOfSick = sick.client()) {
                clock = new TestClock(clientOfSick, EPOCH_MICROS);
            }
            InMemoryLimitStore memory = new InMemoryLimitStore();
            try (RateLimiter limiter = new RateLimiter(
                    new RedisLimitStore(
                            RedisAddress.parse(sick.uri()),
                            "leases",
                            Duration.ofMillis(250),
                            TestClock.scripts(),
                            clock::nanoTime),
                    memory)) {
                BoundLimits limits = limiter.bind(policies("1000/60s").withOnStoreFailure(OnStoreFailure.LOCAL));
                warmUp(limits);
                limits.decide("client", 1);
                sick.kill();
                for (int i = 1; i < LEASE; i++) {
                    Decision decision = limits.decide("client", 1);
                    assertThat(decision.withoutStore()).isFalse();
                    assertThat(remaining(decision)).isEqualTo(1000 - 16 - i);
                }
                Decision alone = limits.decide("client", 1);
                assertThat(alone.withoutStore()).isTrue();
                assertThat(remaining(alone)).as("every one was counted here").isEqualTo(1000 - 16 - LEASE);
            }
        }
    }

    @Test
    void a_question_for_a_lease_whose_answer_is_lost_is_charged_a_lease_at_most_and_not_asked_again() {
        String text = "1000/60s";
        try (TestRedis own = TestRedis.start();
                RedisClient clientOfOwn = own.client();
                LossyProxy way = new LossyProxy(own)) {
            clock = new TestClock(clientOfOwn, EPOCH_MICROS);
            RedisLimitStore node = opened(way.uri(), Duration.ofMillis(500));
            // Both connections have asked twice what requests will ask, and nothing else is answered soon.
            Awaitility.await().until(() -> TestRedis.calls(clientOfOwn, "exists") == 4);
            BoundLimits limits = node.bind(policies(text));
            warmUp(limits);
            way.loseNextAnswer();
            assertThatThrownBy(() -> limits.decide("client", 1)).isInstanceOf(StoreUnavailableException.class);
            assertThat(way.lost()).isOne();
            Decision next = limits.decide("client", 1);
            assertThat(remaining(next)).isEqualTo(1000 - 15 - LEASE - 1);
            assertThat(remaining(opened(own.uri(), TIMEOUT)
                            .bind(QuotaPolicies.parse("api", text))
                            .decide("client", 1)))
                    .as("one at a time again")
                    .isEqualTo(1000 - 15 - LEASE - 2);
        }
    }

    @Test
    void many_threads_of_a_hot_client_ask_redis_seldom() throws Exception {
        RedisLimitStore real = new RedisLimitStore(RedisAddress.parse(redis.uri()), "real", TIMEOUT);
        open.add(real);
        BoundLimits limits =
                real.bind(QuotaPolicies.parse("api", "1000000000/60s").withLease(1000));
        long before = questions();
        int each = 10_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> {
                for (int request = 0; request < each; request++) {
                    limits.decide("client", 1);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(questions() - before).isLessThan(8 * each / 10);
        real.close();
        try (RedisLimitStore again = new RedisLimitStore(RedisAddress.parse(redis.uri()), "real", TIMEOUT)) {
            assertThat(remaining(again.bind(QuotaPolicies.parse("api", "1000000000/60s"))
                            .decide("client", 1)))
                    .as("all that was taken was used or given back")
                    .isEqualTo(1_000_000_000 - 8L * each - 1);
        }
    }

    @Test
    void of_more_clients_than_there_is_room_for_the_newcomers_have_no_leases() {
        Leases leases = new Leases(clock::nanoTime, (shares, decision) -> {
            throw new AssertionError("nothing to give back");
        });
        BoundLimits limits = store.bind(policies("1000/60s"));
        for (int i = 0; i < Leases.MAX_CLIENTS; i++) {
            assertThat(leases.ask(List.of(new Claim(limits, "client " + i, 1)), clock.nanoTime()))
                    .isNotNull()
                    .satisfies(ask -> ask.ended(false));
        }
        assertThat(leases.ask(List.of(new Claim(limits, "newcomer", 1)), clock.nanoTime()))
                .isNull();
        assertThat(leases.size()).isEqualTo(Leases.MAX_CLIENTS);
        clock.advance(Duration.ofSeconds(2));
        leases.dropIdle();
        assertThat(leases.size()).isZero();
        assertThat(leases.ask(List.of(new Claim(limits, "newcomer", 1)), clock.nanoTime()))
                .isNotNull();
    }
}
