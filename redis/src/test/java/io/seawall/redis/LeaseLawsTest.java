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
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import io.seawall.test.Property;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** What leases leave as it is: no limit ever grants more, and a node alone tells what it would tell without. */
class LeaseLawsTest {

    private static final long EPOCH_MILLIS = 1_790_000_000_123L;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

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

    /** Counted by when permits are used, not by when Redis charged them. */
    @Test
    void several_nodes_with_leases_never_exceed_a_limit_in_any_window() {
        AtomicInteger used = new AtomicInteger();
        AtomicInteger withoutRedis = new AtomicInteger();
        Property.holds(60, random -> {
            client.flushAll();
            Nodes nodes = new Nodes(random);
            try {
                nodes.run();
            } finally {
                nodes.close();
            }
            used.addAndGet(nodes.uses.size());
            withoutRedis.addAndGet(nodes.withoutRedis);
        });
        assertThat(withoutRedis.get()).as("of %s uses, by leases", used).isGreaterThan(used.get() / 10);
    }

    /** One clock, in Redis, that goes on while a question is on its way to Redis, and while the answer is on its way back. */
    private static final class TravellingClock {

        private static final String MICROS = "clock";
        private static final String THERE = "clock:there";
        private static final String BACK = "clock:back";
        private static final String SCRIPT = """
                local function now_micros()
                  local now = redis.call('INCRBY', 'clock', redis.call('GET', 'clock:there'))
                  redis.call('INCRBY', 'clock', redis.call('GET', 'clock:back'))
                  return now
                end
                """;

        private final RandomGenerator random;
        private long lastMicros;
        private long lastFraction;

        TravellingClock(RandomGenerator random) {
            this.random = random;
            client.mset(MICROS, Long.toString(EPOCH_MILLIS * 1000), THERE, "0", BACK, "0");
        }

        void travel(long there, long back) {
            client.mset(THERE, Long.toString(there), BACK, Long.toString(back));
        }

        void advance(long micros) {
            client.incrBy(MICROS, micros);
        }

        long micros() {
            return Long.parseLong(client.get(MICROS));
        }

        /** Of a node: it has fractions of microseconds, which Redis does not tell. */
        synchronized long nanoTime() {
            long micros = micros();
            lastFraction = random.nextLong(micros == lastMicros ? lastFraction : 0, 1000);
            lastMicros = micros;
            return micros * 1000 + lastFraction;
        }
    }

    private record Use(int set, String name, long cost, long atMicros) {}

    private record Grant(List<Use> uses, List<Claim> claims, Decision.Allowed decision) {}

    /** Several nodes, and what becomes of them. */
    private static final class Nodes {

        private final RandomGenerator random;
        private final TravellingClock clock;
        private final List<QuotaPolicies> sets = new ArrayList<>();
        private final List<RedisLimitStore> stores = new ArrayList<>();
        private final List<List<BoundLimits>> bound = new ArrayList<>();
        private final List<RedisLimitStore> all = new ArrayList<>();
        private final List<Grant> grants = new ArrayList<>();
        final List<Use> uses = new ArrayList<>();
        int withoutRedis;
        private long wait;

        Nodes(RandomGenerator random) {
            this.random = random;
            this.clock = new TravellingClock(random);
            int lease = random.nextInt(2, 100);
            sets.add(anySet(random, "own").withLease(lease));
            if (random.nextInt(3) == 0) {
                sets.add(anySet(random, "everybody").withLease(random.nextInt(2, 100)));
            }
            for (int i = random.nextInt(2, 4); i > 0; i--) {
                start();
            }
        }

        private void start() {
            RedisLimitStore store = new RedisLimitStore(
                    RedisAddress.parse(redis.uri()),
                    "laws",
                    TIMEOUT,
                    TestClock.scripts(TravellingClock.SCRIPT),
                    clock::nanoTime);
            all.add(store);
            stores.add(store);
            bound.add(sets.stream().map(store::bind).toList());
        }

        void run() {
            for (int round = 0; round < 25; round++) {
                letTimePass();
                int node = random.nextInt(stores.size());
                int requests = random.nextInt(1, 80);
                long slice = Math.max(1, window() / 60);
                long step = random.nextInt(3) == 0 ? 0 : Math.max(1, slice / random.nextInt(10, 1000));
                for (int i = 0; i < requests; i++) {
                    if (random.nextInt(20) == 0) {
                        node = random.nextInt(stores.size());
                    }
                    clock.advance(random.nextLong(step + 1));
                    decide(node);
                }
                if (random.nextInt(4) == 0) {
                    refund(node);
                }
                switch (random.nextInt(25)) {
                    case 0 -> stop(random.nextInt(stores.size()), true);
                    case 1 -> stop(random.nextInt(stores.size()), false);
                    case 2, 3, 4, 5, 6, 7 -> stores.get(node).giveBackLeftOvers(Deadline.in(TIMEOUT.toNanos()));
                    default -> {}
                }
            }
            uses.sort(Comparator.comparingLong(Use::atMicros));
            for (int set = 0; set < sets.size(); set++) {
                for (QuotaPolicy limit : sets.get(set).policies()) {
                    requireHeld(set, limit);
                }
            }
        }

        /** Closed, or as if killed: what it has in hand is lost. */
        private void stop(int node, boolean close) {
            RedisLimitStore store = stores.remove(node);
            bound.remove(node);
            if (close) {
                store.close();
            }
            start();
        }

        private long window() {
            List<QuotaPolicy> limits = sets.get(0).policies();
            return limits.get(random.nextInt(limits.size())).window().toMillis() * 1000;
        }

        private void letTimePass() {
            long window = window();
            long slice = Math.max(1, window / 60);
            clock.advance(Math.max(
                    0,
                    switch (random.nextInt(8)) {
                        case 0 -> 0;
                        case 1 -> random.nextLong(slice);
                        case 2, 3 -> slice - clock.micros() % slice + random.nextInt(-1, 2);
                        case 4 -> random.nextLong(window);
                        default -> wait - random.nextInt(2);
                    }));
            boolean far = random.nextInt(4) == 0;
            clock.travel(
                    far ? random.nextLong(slice + 1) : random.nextInt(3),
                    far ? random.nextLong(slice + 1) : random.nextInt(3));
        }

        private void decide(int node) {
            List<Claim> claims = new ArrayList<>();
            String name = random.nextInt(4) > 0 ? "a" : "b";
            int cost = random.nextInt(5) > 0 ? 1 : 2;
            claims.add(new Claim(bound.get(node).get(0), name, cost));
            if (sets.size() == 2 && random.nextInt(5) > 0) {
                claims.add(new Claim(bound.get(node).get(1), "", 1));
            }
            long before = clock.micros();
            Decision decision = stores.get(node).decide(claims);
            long after = clock.micros();
            if (decision instanceof Decision.Allowed allowed) {
                // Redis lets time pass; what a node decides itself happens now.
                boolean byLease = before == after && allowed.atMicros() != before;
                withoutRedis += byLease ? 1 : 0;
                long at = before == after ? before : allowed.atMicros();
                List<Use> some = new ArrayList<>();
                for (int i = 0; i < claims.size(); i++) {
                    Claim claim = claims.get(i);
                    some.add(new Use(i, claim.client(), claim.cost(), at));
                }
                uses.addAll(some);
                grants.add(new Grant(some, claims, allowed));
            } else if (decision instanceof Decision.Denied denied) {
                wait = Math.min(denied.retryAfterMicros(), 1L << 40);
            }
        }

        /** Then it was not used. */
        private void refund(int node) {
            if (!grants.isEmpty()) {
                Grant grant = grants.remove(Math.max(0, grants.size() - random.nextInt(1, 5)));
                List<Claim> claims = new ArrayList<>();
                for (int i = 0; i < grant.claims.size(); i++) {
                    Claim claim = grant.claims.get(i);
                    claims.add(new Claim(bound.get(node).get(i), claim.client(), claim.cost()));
                }
                stores.get(node).refund(claims, grant.decision);
                uses.removeAll(grant.uses);
            }
        }

        private void requireHeld(int set, QuotaPolicy limit) {
            Map<String, List<Use>> byName = new HashMap<>();
            for (Use use : uses) {
                if (use.set == set) {
                    byName.computeIfAbsent(use.name, key -> new ArrayList<>()).add(use);
                }
            }
            byName.forEach((name, ofName) -> assertThat(most(ofName, limit))
                    .as(
                            "most permits of %s in one window, of '%s', with a lease of %d",
                            limit, name, sets.get(set).lease())
                    .isLessThanOrEqualTo(limit.permits()));
        }

        /** In any window that ends with a use; of fixed ones, in each. */
        private static long most(List<Use> ofName, QuotaPolicy limit) {
            long window = limit.window().toMillis() * 1000;
            long most = 0;
            long start = Long.MIN_VALUE;
            long sum = 0;
            int first = 0;
            for (Use use : ofName) {
                switch (limit.algorithm()) {
                    case SLIDING_WINDOW -> {
                        while (ofName.get(first).atMicros <= use.atMicros - window) {
                            sum -= ofName.get(first).cost;
                            first++;
                        }
                    }
                    case FIXED_WINDOW -> {
                        long begin = use.atMicros - use.atMicros % window;
                        sum = begin == start ? sum : 0;
                        start = begin;
                    }
                    default -> {
                        // From the first one after the last window.
                        if (start == Long.MIN_VALUE || use.atMicros >= start + window) {
                            start = use.atMicros;
                            sum = 0;
                        }
                    }
                }
                sum += use.cost;
                most = Math.max(most, sum);
            }
            return most;
        }

        void close() {
            all.forEach(RedisLimitStore::close);
        }
    }

    private static QuotaPolicies anySet(RandomGenerator random, String name) {
        List<QuotaPolicy> limits = new ArrayList<>();
        for (int i = random.nextInt(3) > 0 ? 1 : 2; i > 0; i--) {
            Algorithm algorithm = random.nextInt(3) > 0
                    ? Algorithm.SLIDING_WINDOW
                    : random.nextBoolean() ? Algorithm.FIXED_WINDOW : Algorithm.FIXED_WINDOW_FROM_FIRST;
            long millis = switch (random.nextInt(4)) {
                case 0 -> random.nextLong(1, 40);
                case 1 -> random.nextLong(1, 2000);
                default -> 60_000;
            };
            limits.add(new QuotaPolicy("limit" + i, random.nextInt(20, 300), Duration.ofMillis(millis), algorithm));
        }
        return new QuotaPolicies(name, limits);
    }

    /** However late in its microsecond the question left, and if this node's clock is slow. */
    @Test
    void a_lease_is_over_before_its_slice_is() {
        Property.holds(10_000, random -> {
            QuotaPolicy limit = new QuotaPolicy(
                    "limit", 10, Duration.ofMillis(random.nextLong(1, 70_000)), Algorithm.SLIDING_WINDOW);
            long slice = limit.window().toMillis() * 1000 / 60;
            long at = EPOCH_MILLIS * 1000 + random.nextLong(slice);
            long life = Lease.lifeNanos(
                    new Grants(List.of(new Grants.Limit(new QuotaStatus(limit, false, 1, 0, slice), 0, 1)), 2, at));
            long lastNanos = at * 1000 + 999 + (life - 1) * 1001 / 1000;
            assertThat(life).isBetween(0L, 1_000_000_000L);
            assertThat(life == 0 ? at : lastNanos / 1000)
                    .as("used last, of %s at %d", limit, at)
                    .isLessThan((at / slice + 1) * slice);
        });
    }

    /** Requests that ask the same, one after another. */
    @Test
    void a_node_alone_tells_what_it_would_tell_without_leases() {
        AtomicInteger requests = new AtomicInteger();
        long before = calls();
        Property.holds(60, random -> {
            client.flushAll();
            TestClock clock = new TestClock(client, EPOCH_MILLIS * 1000);
            try (RedisLimitStore leases = new RedisLimitStore(
                            RedisAddress.parse(redis.uri()), "alone", TIMEOUT, TestClock.scripts(), clock::nanoTime);
                    LimitStore memory = new InMemoryLimitStore(
                            1000,
                            1 << 30,
                            () -> (clock.micros() - EPOCH_MILLIS * 1000) * 1000,
                            InstantSource.fixed(Instant.ofEpochMilli(EPOCH_MILLIS)))) {
                new Alone(random, clock, leases, memory).run(requests);
            }
        });
        assertThat(calls() - before).isLessThan(requests.get() * 3L / 4);
    }

    /** How often Redis was asked to decide or to give back. */
    private static long calls() {
        return TestRedis.calls(client, "evalsha");
    }

    private static final class Alone {

        private final RandomGenerator random;
        private final TestClock clock;
        private final RedisLimitStore leases;
        private final LimitStore memory;
        private final List<QuotaPolicies> sets = new ArrayList<>();
        private final List<Claim> ofLeases = new ArrayList<>();
        private final List<Claim> ofMemory = new ArrayList<>();
        private final List<Decision.Allowed> grants = new ArrayList<>();

        Alone(RandomGenerator random, TestClock clock, RedisLimitStore leases, LimitStore memory) {
            this.random = random;
            this.clock = clock;
            this.leases = leases;
            this.memory = memory;
            for (int i = random.nextInt(3) / 2; i >= 0; i--) {
                QuotaPolicies set = anySet(random, "set" + i);
                if (random.nextInt(3) == 0) {
                    List<QuotaPolicy> limits = new ArrayList<>(set.policies());
                    limits.add(new QuotaPolicy("tried" + i, 15, Duration.ofSeconds(60), Algorithm.SLIDING_WINDOW)
                            .asShadow());
                    set = new QuotaPolicies(set.name(), limits);
                }
                sets.add(set.withLease(random.nextInt(2, 60)));
                long cost = random.nextInt(1, 3);
                String name = random.nextBoolean() ? "client" : "client".repeat(20);
                ofLeases.add(new Claim(leases.bind(sets.get(sets.size() - 1)), name, cost));
                ofMemory.add(new Claim(memory.bind(set), name, cost));
            }
        }

        void run(AtomicInteger requests) {
            // A script that Redis does not know yet comes too late for what was sent with it.
            List<Claim> other = ofLeases.stream()
                    .map(claim -> new Claim(claim.limits(), "other", claim.cost()))
                    .toList();
            leases.refund(other, (Decision.Allowed) leases.decide(other));
            for (int round = 0; round < 12; round++) {
                clock.advance(Duration.ofNanos(1000 * gap()));
                long step = random.nextInt(3) == 0 ? 0 : random.nextLong(2000);
                for (int i = random.nextInt(60); i > 0; i--) {
                    requests.incrementAndGet();
                    decide();
                    clock.advance(Duration.ofNanos(1000 * random.nextLong(step + 1)));
                }
                change();
                // What was asked at the very instant of a change may have been asked before it.
                clock.advance(Duration.ofNanos(1000));
            }
        }

        private void decide() {
            Decision expected = memory.decide(ofMemory);
            Decision actual = leases.decide(ofLeases);
            if (expected.allowed()) {
                assertThat(actual).as("%s at %d", sets, clock.micros()).isEqualTo(expected);
                grants.add((Decision.Allowed) actual);
            } else {
                // A refusal that is remembered tells less of the other limits.
                assertThat(actual.allowed())
                        .as("%s at %d", sets, clock.micros())
                        .isFalse();
            }
        }

        private long gap() {
            QuotaPolicy limit = sets.get(0).policies().get(0);
            long window = limit.window().toMillis() * 1000;
            long slice = window / 60;
            return switch (random.nextInt(6)) {
                case 0 -> 0;
                case 1 -> random.nextLong(window);
                case 2 -> slice - clock.micros() % slice;
                case 3 -> window;
                default -> random.nextLong(slice + 1);
            };
        }

        private void change() {
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (!grants.isEmpty()) {
                        Decision.Allowed grant = grants.remove(grants.size() - 1);
                        memory.refund(ofMemory, grant);
                        leases.refund(ofLeases, grant);
                    }
                }
                case 1 -> {
                    LimitOverride override =
                            new LimitOverride(sets.get(0).name(), "limit1", Scope.all(), random.nextInt(20, 300));
                    memory.overrides().set(override);
                    leases.overrides().set(override);
                }
                case 2 -> {
                    Claim claim = ofMemory.get(0);
                    memory.reset(claim.limits(), claim.client());
                    leases.reset(ofLeases.get(0).limits(), claim.client());
                    grants.clear();
                }
                case 3 -> leases.giveBackLeftOvers(Deadline.in(TIMEOUT.toNanos()));
                default -> {}
            }
        }
    }
}
