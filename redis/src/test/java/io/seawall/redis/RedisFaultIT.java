package io.seawall.redis;

import static io.seawall.redis.Connected.connected;
import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.OnStoreFailure;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.redis.Clients.Tally;
import io.seawall.test.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Law 5, fault by fault, under load and in every mode: what clients see, that nobody waits, that no limit is exceeded by more than the
 * mode allows, that all is normal again by itself, and that an operator is told twice: when it began, with what to do, and when it was over.
 */
class RedisFaultIT {

    private static final int THREADS = 16;
    private static final int FEW = 50;
    private static final long MANY = 1_000_000_000;
    private static final List<OnStoreFailure> MODES =
            List.of(OnStoreFailure.LOCAL, OnStoreFailure.ALLOW, OnStoreFailure.DENY);
    private static final int LOCAL = 0;
    private static final int ALLOW = 1;
    private static final int DENY = 2;

    private static List<QuotaPolicies> ofEveryMode(String name, long permits) {
        return MODES.stream()
                .map(mode -> QuotaPolicies.parse(name + "-" + mode.text(), permits + "/1h")
                        .withOnStoreFailure(mode))
                .toList();
    }

    private static List<BoundLimits> bind(RateLimiter limiter, List<QuotaPolicies> policies) {
        return policies.stream().map(limiter::bind).toList();
    }

    private static List<Tally> ask(List<BoundLimits> sets, String client, int times) {
        List<Tally> tallies = new ArrayList<>();
        for (BoundLimits limits : sets) {
            Tally tally = new Tally();
            tallies.add(tally);
            for (int i = 0; i < times; i++) {
                tally.ask(limits, client);
            }
        }
        return tallies;
    }

    /** Sooner than answers that are delayed. */
    private static WatchedStore open(String uri) {
        return new WatchedStore(
                connected(new RedisLimitStore(RedisAddress.parse(uri), "seawall", Duration.ofMillis(500))));
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(30, TimeUnit.SECONDS).until(condition);
    }

    /** What an operator sees. */
    private static List<String> told(CapturedLog log) {
        return log.lines().stream().filter(line -> !line.startsWith("FINE")).toList();
    }

    private static String lastTold(CapturedLog log) {
        List<String> told = told(log);
        return told.isEmpty() ? "" : told.get(told.size() - 1);
    }

    private static void awaitDecidedByRedis(Clients clients, long more) {
        for (int mode = 0; mode < MODES.size(); mode++) {
            Tally tally = clients.tally(mode);
            long before = tally.granted.sum();
            await("decisions of Redis", () -> tally.granted.sum() >= before + more);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_sick_redis_is_told_once_felt_by_hardly_anybody_and_forgotten_when_it_is_well(RedisFault fault)
            throws Exception {
        try (SickRedis sick = new SickRedis(fault);
                CapturedLog log = new CapturedLog(RedisLimitStore.class);
                WatchedStore store = open(sick.uri());
                RateLimiter limiter = new RateLimiter(store)) {
            List<QuotaPolicies> fewOfEveryMode = ofEveryMode("few", FEW);
            List<QuotaPolicies> manyOfEveryMode = ofEveryMode("many", MANY);
            List<BoundLimits> few = bind(limiter, fewOfEveryMode);
            List<BoundLimits> many = bind(limiter, manyOfEveryMode);
            assertThat(ask(few, "exhausted", FEW))
                    .allSatisfy(tally -> assertThat(tally.granted.sum()).isEqualTo(FEW));
            try (Clients clients = new Clients(THREADS, "client", many)) {
                awaitDecidedByRedis(clients, 300);
                long waitedBefore = store.waited();

                sick.fall();
                await("that Redis is told to be away", () -> lastTold(log).startsWith("WARNING"));
                long waited = store.waited();
                assertThat(waited - waitedBefore)
                        .as("a thread waits once for each connection, and then no more: %s", store.reasons())
                        .isLessThanOrEqualTo(2 * THREADS);

                List<Tally> exhaustedMeanwhile = ask(few, "exhausted", FEW);
                List<Tally> freshMeanwhile = ask(few, "fresh", 2 * FEW);
                long atOnce = store.atOnce();
                await("that all go on", () -> store.atOnce() >= atOnce + 1000);
                assertThat(store.waited())
                        .as("nobody waits for a Redis that is away")
                        .isEqualTo(waited);

                sick.recover();
                await("that Redis is told to be back", () -> lastTold(log).startsWith("INFO"));
                awaitDecidedByRedis(clients, 300);
                List<Tally> exhaustedAfterwards = ask(few, "exhausted", FEW);
                List<Tally> freshAfterwards = ask(few, "fresh", 2 * FEW);
                clients.stop();

                assertWhatClientsSaw(clients);
                assertLimitsMeanwhile(exhaustedMeanwhile, freshMeanwhile);
                for (int mode = 0; mode < few.size(); mode++) {
                    assertThat(exhaustedAfterwards.get(mode).granted.sum())
                            .isLessThanOrEqualTo(fault.keepsData() ? 0 : FEW);
                    assertThat(freshAfterwards.get(mode).granted.sum()).isEqualTo(FEW);
                    assertChargedOnce(fault, manyOfEveryMode.get(mode), many.get(mode), clients.tally(mode), store);
                }
                assertTold(fault, told(log));
                assertThat(String.join("\n", log.lines()) + store.reasons()).doesNotContain("-secret");
            }
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("seawall"));
    }

    /** One line when it began, one when it was over; between them one more if Redis said only later what is wrong. */
    private static void assertTold(RedisFault fault, List<String> told) {
        assertThat(told.get(0)).startsWith("WARNING").contains("does not answer");
        assertThat(told.get(told.size() - 1)).startsWith("INFO").contains("decides again");
        assertThat(told.subList(1, told.size() - 1))
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(line -> line.startsWith("WARNING") && line.contains("still does not decide"));
        assertThat(told)
                .as("with the remedy")
                .anyMatch(line -> fault.words().stream().allMatch(line::contains));
    }

    private static void assertWhatClientsSaw(Clients clients) {
        Tally local = clients.tally(LOCAL);
        assertThat(local.grantedAlone.sum()).as("local: %s", local).isPositive();
        assertThat(local.refused.sum() + local.refusedAlone.sum() + local.failed.sum())
                .as("local: %s", local)
                .isZero();
        Tally allow = clients.tally(ALLOW);
        assertThat(allow.grantedAlone.sum()).as("allow: %s", allow).isPositive();
        assertThat(allow.refused.sum() + allow.refusedAlone.sum() + allow.failed.sum())
                .as("allow: %s", allow)
                .isZero();
        Tally deny = clients.tally(DENY);
        assertThat(deny.failed.sum()).as("deny: %s", deny).isPositive();
        assertThat(deny.refused.sum() + deny.alone()).as("deny: %s", deny).isZero();
    }

    private static void assertLimitsMeanwhile(List<Tally> exhausted, List<Tally> fresh) {
        assertThat(exhausted)
                .allSatisfy(tally -> assertThat(tally.granted.sum()).isZero());
        assertThat(exhausted.get(LOCAL).grantedAlone.sum())
                .as("this node has counted along")
                .isZero();
        assertThat(exhausted.get(LOCAL).failed.sum()
                        + exhausted.get(ALLOW).failed.sum())
                .isZero();
        assertThat(exhausted.get(DENY).alone()).isZero();
        assertThat(fresh.get(LOCAL).grantedAlone.sum()).isEqualTo(FEW);
        assertThat(fresh.get(LOCAL).refusedAlone.sum()).isEqualTo(FEW);
        assertThat(fresh.get(ALLOW).grantedAlone.sum()).isEqualTo(2 * FEW);
        assertThat(fresh.get(DENY).failed.sum()).isEqualTo(2 * FEW);
    }

    /** Whose answer was lost may have been charged, once. Nobody else is charged but for what was granted. */
    private static void assertChargedOnce(
            RedisFault fault, QuotaPolicies policies, BoundLimits limits, Tally tally, WatchedStore store) {
        long charged = MANY - limits.decide("client", 1).quotas().get(0).remaining() - 1;
        long granted = tally.granted.sum();
        assertThat(charged).isBetween(fault.keepsData() ? granted : 1, granted + store.unanswered(policies));
    }
}
