package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import io.seawall.ratelimit.LimitOverride.Scope;
import io.seawall.test.FakeClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InMemoryLimitStoreTest extends LimitStoreContract {

    private static final Instant START = Instant.parse("2026-11-24T10:00:30Z");

    private static final Duration MOMENT = Duration.ofNanos(1_000);

    private final FakeClock clock = new FakeClock();
    private final InMemoryLimitStore store = new InMemoryLimitStore(1_000, 1 << 20, clock, InstantSource.fixed(START));

    @Override
    protected LimitStore store() {
        return store;
    }

    @Override
    protected void advance(Duration by) {
        clock.advance(by);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_store_for_nobody_is_refused() {
        for (int bound : new int[] {0, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new InMemoryLimitStore(bound, 1, clock, InstantSource.system()))
                    .withMessage("maxClients is " + bound + " and maxBytes is 1: use 1 or more");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new InMemoryLimitStore(1, bound, clock, InstantSource.system()))
                    .withMessage("maxClients is 1 and maxBytes is " + bound + ": use 1 or more");
        }
    }

    @Test
    void it_works_on_the_system_clock_out_of_the_box() {
        try (InMemoryLimitStore outOfTheBox = new InMemoryLimitStore()) {
            LimitStore.BoundLimits limits = outOfTheBox.bind(QuotaPolicies.parse("x", "1/366d"));

            assertThat(limits.tryAcquire("client")).isTrue();
            assertThat(limits.tryAcquire("client")).isFalse();
        }
    }

    @Test
    void the_calendar_is_that_of_the_clock_at_its_start() {
        LimitStore.BoundLimits limits = store.bind(QuotaPolicies.parse("x", "1/1h fixed-window"));
        advance(Duration.ofMinutes(10));

        Decision decision = limits.decide("client", 1);

        assertThat(decision.atMicros())
                .isEqualTo(START.plus(Duration.ofMinutes(10)).toEpochMilli() * 1_000);
        assertThat(decision.quotas().get(0).resetMicros())
                .isEqualTo(Duration.ofSeconds(49 * 60 + 30).toMillis() * 1_000);
    }

    @Test
    void yes_or_no_is_what_the_whole_answer_says() {
        LimitStore.BoundLimits brief = store.bind(
                QuotaPolicies.parse("brief", "3/1s; 1/1h shadow").withPenalty(Penalty.parse("2/1m ban 5s..5s")));
        LimitStore.BoundLimits whole = store.bind(
                QuotaPolicies.parse("whole", "3/1s; 1/1h shadow").withPenalty(Penalty.parse("2/1m ban 5s..5s")));

        for (int i = 0; i < 200; i++) {
            assertThat(brief.tryAcquire("client", 1 + i % 2))
                    .isEqualTo(whole.decide("client", 1 + i % 2).allowed());
            advance(Duration.ofMillis(130));
        }
        assertThat(brief.decide("client", 1)).usingRecursiveComparison().isEqualTo(whole.decide("client", 1));
    }

    @Test
    void limits_of_another_store_are_refused() {
        try (InMemoryLimitStore other = new InMemoryLimitStore()) {
            LimitStore.BoundLimits limits = other.bind(QuotaPolicies.parse("x", "1/1s"));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.decide(List.of(new Claim(limits, "client", 1))))
                    .withMessage("the limits of 'x' are bound to another store");
        }
    }

    @Test
    void a_client_with_permits_of_its_own_has_them_also_where_newcomers_share_a_place() {
        try (InMemoryLimitStore full = new InMemoryLimitStore(1, 1 << 20, clock, InstantSource.fixed(START))) {
            LimitStore.BoundLimits limits = full.bind(QuotaPolicies.parse("x", "2/1h"));
            full.overrides().set(new LimitOverride("x", "default", Scope.client("blocked"), 0));
            assertThat(limits.tryAcquire("the only one with a place")).isTrue();

            assertThat(limits.tryAcquire("blocked")).isFalse();
            assertThat(limits.tryAcquire("newcomer")).isTrue();

            full.overrides().set(new LimitOverride("x", "default", Scope.client("newcomer"), 3));
            assertThat(limits.tryAcquire("newcomer", 2)).isTrue();
            assertThat(limits.tryAcquire("newcomer")).isFalse();
        }
    }

    @Test
    void a_decision_for_a_known_client_makes_no_garbage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String algorithm : List.of("sliding-window", "token-bucket", "fixed-window")) {
            LimitStore.BoundLimits limits = store.bind(QuotaPolicies.parse("x", "30000/1h " + algorithm));
            decide(limits, 10_000);
            long before = threads.getCurrentThreadAllocatedBytes();

            decide(limits, 40_000);

            // Half of them are refused. What the compiler and the measurement take is less than a byte each.
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as(algorithm)
                    .isLessThan(40_000);
        }
    }

    private void decide(LimitStore.BoundLimits limits, int times) {
        for (int i = 0; i < times; i++) {
            limits.tryAcquire("client");
            clock.advance(MOMENT);
        }
    }
}
