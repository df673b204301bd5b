package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.Algorithm;
import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitOverride.Scope;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.OnStoreFailure;
import io.seawall.ratelimit.Penalty;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.test.Property;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/**
 * The scripts against the store in memory, on one clock: whatever is asked, charged, given back, overridden, forgotten and banned,
 * in whichever order, and however the clock goes, both give the same answers.
 */
class RedisDecidesAsMemoryTest {

    private static final long EPOCH_MILLIS = 1_790_000_000_123L;

    /** The year 2096; for now, numbers of microseconds have room to be added to. */
    private static final long LATEST_MICROS = 4_000_000_000_000_000L;

    private static final long MAX = QuotaPolicy.MAX_PERMITS;
    private static final List<String> CLIENTS = List.of("a", "b");
    private static final List<Algorithm> ALGORITHMS = List.of(Algorithm.values());

    private static TestRedis redis;
    private static RedisClient client;

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

    @Test
    void redis_decides_as_memory_does() {
        Property.holds(
                200,
                random -> compare((clock, inRedis, inMemory) -> {
                    new History(random, clock, inRedis, inMemory).run(120);
                }));
    }

    /** The state of a sliding window writes counts of different sizes in different ways. */
    @Test
    void counts_of_every_size_are_remembered_and_leave() {
        List<Long> costs = LongStream.of(
                        1, 127, 128, 255, 256, 1 << 15, 1 << 16, 1L << 31, 1L << 32, 1L << 33, 1L << 48)
                .flatMap(cost -> LongStream.of(cost - 1, cost, cost + 1).filter(near -> near > 0))
                .boxed()
                .toList();
        compare((clock, inRedis, inMemory) -> {
            QuotaPolicies policies = QuotaPolicies.parse("large", MAX + "/60s");
            BoundLimits ofRedis = inRedis.bind(policies);
            BoundLimits ofMemory = inMemory.bind(policies);
            for (int second = 0; second < 130; second++) {
                long cost = second < costs.size() ? costs.get(second) : MAX;
                assertThat(ofRedis.decide("client", cost))
                        .as("%d permits in second %d", cost, second)
                        .isEqualTo(ofMemory.decide("client", cost));
                clock.advance(Duration.ofSeconds(1));
            }
        });
    }

    /** Up to that length Redis keeps a text together with its own head, in one piece of memory. */
    @Test
    void a_client_that_uses_100_a_minute_evenly_is_kept_in_44_bytes() {
        compare((clock, inRedis, inMemory) -> {
            BoundLimits limits = inRedis.bind(QuotaPolicies.parse("even", "100/60s"));
            for (int request = 0; request < 300; request++) {
                assertThat(limits.decide("client", 1).allowed()).isEqualTo(true);
                assertThat(client.strlen(client.keys("twin:even:*").iterator().next()))
                        .isLessThanOrEqualTo(44);
                clock.advance(Duration.ofMillis(611));
            }
        });
    }

    private interface Comparison {
        void run(TestClock clock, LimitStore inRedis, LimitStore inMemory);
    }

    private static void compare(Comparison comparison) {
        client.flushAll();
        TestClock clock = new TestClock(client, EPOCH_MILLIS * 1000);
        AtomicLong days = new AtomicLong();
        try (LimitStore inRedis = new RedisLimitStore(
                        RedisAddress.parse(redis.uri()),
                        "twin",
                        Duration.ofSeconds(10),
                        TestClock.scripts(),
                        // No refusal is remembered so long: Redis is asked every time, also when its clock has gone
                        // back.
                        () -> days.addAndGet(TimeUnit.DAYS.toNanos(2)));
                LimitStore inMemory = new InMemoryLimitStore(
                        1000,
                        1 << 30,
                        () -> (clock.micros() - EPOCH_MILLIS * 1000) * 1000,
                        InstantSource.fixed(Instant.ofEpochMilli(EPOCH_MILLIS)))) {
            comparison.run(clock, inRedis, inMemory);
        }
    }

    /** What was granted, to be given back. */
    private record Grant(List<Integer> sets, String client, long cost, Decision.Allowed decision) {}

    private static final class History {

        private final RandomGenerator random;
        private final TestClock clock;
        private final LimitStore inRedis;
        private final LimitStore inMemory;
        private final List<QuotaPolicies> sets = new ArrayList<>();
        private final List<BoundLimits> ofRedis = new ArrayList<>();
        private final List<BoundLimits> ofMemory = new ArrayList<>();
        private final List<Grant> grants = new ArrayList<>();
        private long lastWait;

        History(RandomGenerator random, TestClock clock, LimitStore inRedis, LimitStore inMemory) {
            this.random = random;
            this.clock = clock;
            this.inRedis = inRedis;
            this.inMemory = inMemory;
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                QuotaPolicies set = anySet("set" + i);
                sets.add(set);
                ofRedis.add(inRedis.bind(set));
                ofMemory.add(inMemory.bind(set));
            }
        }

        void run(int steps) {
            // All that there are, so that memory has nobody to retire later, which would forget what a clock that is
            // set back
            // brings up again.
            for (int set = 0; set < sets.size(); set++) {
                for (String each : CLIENTS) {
                    decide(List.of(set), each, 1);
                }
            }
            for (int step = 0; step < steps && clock.micros() < LATEST_MICROS; step++) {
                letTimePass();
                switch (random.nextInt(16)) {
                    case 0, 1 -> refund();
                    case 2 -> override();
                    case 3 -> reset();
                    default -> decide(someSets(), oneOf(CLIENTS), anyCost());
                }
            }
        }

        private void decide(List<Integer> of, String name, long cost) {
            Decision expected = inMemory.decide(claims(ofMemory, of, name, cost));
            Decision actual = inRedis.decide(claims(ofRedis, of, name, cost));
            assertThat(actual)
                    .as(
                            "%s asks %d of %s at %d",
                            name, cost, of.stream().map(sets::get).toList(), clock.micros())
                    .isEqualTo(expected);
            lastWait = 0;
            if (expected instanceof Decision.Allowed allowed) {
                grants.add(new Grant(of, name, cost, allowed));
            } else if (expected instanceof Decision.Denied denied) {
                lastWait = denied.retryAfterMicros();
            }
        }

        private void refund() {
            if (grants.isEmpty()) {
                return;
            }
            // The last ones first: what is long over is no news.
            Grant grant = grants.remove(Math.max(0, grants.size() - random.nextInt(1, 5)));
            List<Integer> some = grant.sets.subList(0, random.nextInt(1, grant.sets.size() + 1));
            inMemory.refund(claims(ofMemory, some, grant.client, grant.cost), grant.decision);
            inRedis.refund(claims(ofRedis, some, grant.client, grant.cost), grant.decision);
        }

        private void override() {
            QuotaPolicies set = oneOf(sets);
            QuotaPolicy limit = oneOf(set.policies());
            Scope scope = switch (random.nextInt(4)) {
                case 0, 1 -> Scope.client(oneOf(CLIENTS));
                case 2 -> Scope.tier("gold");
                default -> Scope.all();
            };
            if (random.nextInt(3) == 0) {
                assertThat(inRedis.overrides().remove(set.name(), limit.name(), scope))
                        .isEqualTo(inMemory.overrides().remove(set.name(), limit.name(), scope));
            } else {
                LimitOverride override = new LimitOverride(set.name(), limit.name(), scope, anyOverride(limit));
                inMemory.overrides().set(override);
                inRedis.overrides().set(override);
            }
            assertThat(inRedis.overrides().list())
                    .containsExactlyInAnyOrderElementsOf(inMemory.overrides().list());
        }

        private void reset() {
            int set = random.nextInt(sets.size());
            String name = oneOf(CLIENTS);
            inMemory.reset(ofMemory.get(set), name);
            inRedis.reset(ofRedis.get(set), name);
        }

        private static List<Claim> claims(List<BoundLimits> bound, List<Integer> of, String name, long cost) {
            return of.stream().map(set -> new Claim(bound.get(set), name, cost)).toList();
        }

        private void letTimePass() {
            long window = oneOf(oneOf(sets).policies()).window().toMillis() * 1000;
            long slice = Math.max(1, window / 60);
            long gap = switch (random.nextInt(13)) {
                case 0, 1, 2 -> 0;
                case 3 -> random.nextLong(3);
                case 4 -> random.nextLong(window / 60 + 1);
                case 5 -> random.nextLong(window / 4 + 1);
                case 6 -> random.nextLong(window + 1);
                case 7 -> random.nextInt(4) == 0 ? 2 * window : 0;
                case 8 -> random.nextInt(3) == 0 ? -random.nextLong(window + 1) : 0;
                case 9 -> random.nextInt(3) == 0 ? -random.nextLong(3 * window + 1) : 0;
                case 10 -> slice - clock.micros() % slice;
                case 11 -> random.nextInt(3) == 0 ? -window - clock.micros() % slice : 0;
                default -> lastWait < LATEST_MICROS ? lastWait - random.nextInt(2) : 0;
            };
            clock.setMicros(Math.max(EPOCH_MILLIS, clock.micros() + gap));
        }

        private List<Integer> someSets() {
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < sets.size(); i++) {
                all.add(i);
            }
            for (int i = all.size() - 1; i > 0; i--) {
                Collections.swap(all, i, random.nextInt(i + 1));
            }
            return all.subList(0, random.nextInt(1, all.size() + 1));
        }

        private long anyCost() {
            long burst = oneOf(oneOf(sets).policies()).burst();
            return switch (random.nextInt(9)) {
                case 0 -> random.nextLong(1, burst + 1);
                case 1 -> Math.max(1, burst - random.nextInt(3));
                case 2 -> random.nextInt(3) == 0 ? burst + 1 : 1;
                case 3 -> random.nextInt(5) == 0 ? Long.MAX_VALUE - random.nextInt(3) : 1;
                default -> random.nextInt(1, 4);
            };
        }

        private long anyOverride(QuotaPolicy limit) {
            return switch (random.nextInt(7)) {
                case 0 -> 0;
                case 1 -> random.nextLong(MAX / 2, MAX) + 1;
                case 2 -> limit.permits();
                case 3 -> Math.min(MAX, limit.permits() + 1);
                case 4 -> random.nextLong(1, 1_000_000);
                default -> random.nextLong(1, 30);
            };
        }

        private QuotaPolicies anySet(String name) {
            List<QuotaPolicy> limits = new ArrayList<>();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                limits.add(anyLimit("limit" + i));
            }
            Penalty penalty = random.nextInt(3) > 0
                    ? null
                    : new Penalty(
                            random.nextInt(1, 5),
                            Duration.ofMillis(random.nextInt(1, 100_000)),
                            Duration.ofMillis(random.nextInt(1, 1000)),
                            Duration.ofMillis(random.nextInt(1000, 100_000)));
            return new QuotaPolicies(
                    name, random.nextBoolean() ? "gold" : null, limits, penalty, OnStoreFailure.LOCAL, 0);
        }

        private QuotaPolicy anyLimit(String name) {
            Algorithm algorithm = oneOf(ALGORITHMS);
            Duration window = switch (random.nextInt(5)) {
                case 0 -> Duration.ofMillis(random.nextLong(1, 100));
                case 1 -> Duration.ofMillis(random.nextLong(1, 100_000));
                case 2 -> Duration.ofDays(random.nextLong(1, 367));
                default -> Duration.ofSeconds(60);
            };
            long permits = switch (random.nextInt(7)) {
                case 5 -> random.nextLong(1L << random.nextInt(1, 50)) + 1;
                case 6 -> Math.min(MAX, window.toMillis() * 1000 * random.nextInt(1, 1000));
                case 0 -> random.nextLong(MAX - 3, MAX) + 1;
                case 1 -> random.nextLong(1, 1_000_000);
                default -> random.nextLong(1, 12);
            };
            boolean shadow = random.nextInt(4) == 0;
            if (algorithm != Algorithm.TOKEN_BUCKET) {
                return new QuotaPolicy(name, permits, window, algorithm, permits, shadow);
            }
            // As withPermits has it, the largest burst that can be counted.
            QuotaPolicy one = new QuotaPolicy(name, 1, window, algorithm);
            long most = one.withPermits(permits).burst();
            long burst = random.nextInt(3) == 0 ? most : Math.min(most, random.nextLong(1, 30));
            return new QuotaPolicy(name, permits, window, algorithm, burst, shadow);
        }

        private <T> T oneOf(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }
    }
}
