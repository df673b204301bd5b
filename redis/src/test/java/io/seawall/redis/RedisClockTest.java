package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One clock decides, that of Redis; and it may be set. */
class RedisClockTest {

    private static final int PERMITS = 20;

    private static LimitStore open(TestRedis redis) {
        // A busy machine must not make an answer late: what happens then is RedisOutageTest's.
        return new RedisLimitStore(RedisAddress.parse(redis.uri()), "seawall", Duration.ofSeconds(10));
    }

    private static RateLimiter node(TestRedis redis, Duration clockAhead) {
        return new RateLimiter(
                open(redis),
                new InMemoryLimitStore(
                        1000, 1 << 20, System::nanoTime, InstantSource.offset(InstantSource.system(), clockAhead)));
    }

    private static int granted(BoundLimits limits) {
        int granted = 0;
        for (int i = 0; i < 2 * PERMITS; i++) {
            granted += limits.tryAcquire("client") ? 1 : 0;
        }
        return granted;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sliding-window", "token-bucket", "fixed-window", "fixed-window-from-first"})
    void a_node_whose_clock_is_an_hour_wrong_grants_no_permit_more_and_tells_the_same(String algorithm) {
        QuotaPolicies policies = QuotaPolicies.parse("api", PERMITS + "/366d " + algorithm);
        try (TestRedis redis = TestRedis.start();
                RateLimiter right = node(redis, Duration.ZERO);
                RateLimiter ahead = node(redis, Duration.ofHours(1));
                RateLimiter behind = node(redis, Duration.ofHours(-1))) {
            BoundLimits ofRight = right.bind(policies);
            BoundLimits ofAhead = ahead.bind(policies);
            BoundLimits ofBehind = behind.bind(policies);
            for (int i = 0; i < PERMITS / 2; i++) {
                assertThat(ofAhead.tryAcquire("client")).isTrue();
                assertThat(ofBehind.tryAcquire("client")).isTrue();
            }
            Decision.Denied first = (Decision.Denied) ofRight.decide("client", 1);
            for (BoundLimits limits : new BoundLimits[] {ofAhead, ofBehind}) {
                Decision.Denied next = (Decision.Denied) limits.decide("client", 1);
                // Until the same instant, by one clock.
                assertThat(next.atMicros() + next.retryAfterMicros())
                        .isEqualTo(first.atMicros() + first.retryAfterMicros());
            }
        }
    }

    /** Each node asks Redis: what it remembers itself goes by a clock that is never set. */
    @ParameterizedTest
    @ValueSource(strings = {"sliding-window", "token-bucket", "fixed-window", "fixed-window-from-first"})
    void setting_the_clock_of_redis_costs_the_limit_once_more_at_most_and_locks_nobody_out(String algorithm)
            throws Exception {
        QuotaPolicies hour = QuotaPolicies.parse("hour", PERMITS + "/1h " + algorithm);
        QuotaPolicies seconds = QuotaPolicies.parse("seconds", PERMITS + "/4s " + algorithm);
        Optional<SteppedClock> built = SteppedClock.build();
        assumeTrue(built.isPresent(), "skipped: the clock of Redis is set by a library that needs Linux and cc");
        try (SteppedClock clock = built.get();
                TestRedis redis = TestRedis.start(clock.environment());
                LimitStore before = open(redis);
                LimitStore ahead = open(redis);
                LimitStore back = open(redis)) {
            Duration start = toHalfPast();
            clock.stepTo(start);
            assertThat(granted(before.bind(hour))).isEqualTo(PERMITS);

            clock.stepTo(start.plusHours(3));
            Decision first = ahead.bind(hour).decide("client", 1);
            assertThat(first.atMicros()).as("the clock was set").isGreaterThan(nowMicros() + hours(2));
            assertThat(first.allowed()).isTrue();
            assertThat(granted(ahead.bind(hour))).isEqualTo(PERMITS - 1);
            assertThat(granted(ahead.bind(seconds))).isGreaterThanOrEqualTo(PERMITS);

            clock.stepTo(start);
            assertThat(granted(back.bind(hour))).isLessThanOrEqualTo(PERMITS);
            BoundLimits limits = back.bind(seconds);
            Awaitility.await("a permit, though the count is of three hours from now")
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> limits.tryAcquire("client"));
        }
    }

    /** No hour of the calendar begins while the test runs. */
    private static Duration toHalfPast() {
        return Duration.ofMinutes(30).minusNanos(nowMicros() % hours(1) * 1000);
    }

    private static long nowMicros() {
        return TimeUnit.MILLISECONDS.toMicros(InstantSource.system().millis());
    }

    private static long hours(int hours) {
        return TimeUnit.HOURS.toMicros(hours);
    }
}
