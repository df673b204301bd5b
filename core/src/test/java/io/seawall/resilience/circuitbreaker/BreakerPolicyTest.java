package io.seawall.resilience.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BreakerPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Over LAST_SECOND = new Over.Time(SECOND);

    @Test
    void the_default_is_5_failures_in_30_s_open_for_30_s_up_to_1_minute_and_one_probe() {
        assertThat(BreakerPolicy.defaults())
                .isEqualTo(new BreakerPolicy(
                        new FailureRule(5, Duration.ofSeconds(30)),
                        null,
                        new OpenPeriod(Duration.ofSeconds(30), Duration.ofMinutes(1)),
                        1,
                        List.of()));
    }

    @Test
    void so_many_failures_are_1_to_1000_in_1_ms_to_1_h() {
        assertThat(new FailureRule(1, Duration.ofMillis(1))).isNotNull();
        assertThat(new FailureRule(1_000, Duration.ofHours(1))).isNotNull();
        refused(() -> new FailureRule(0, SECOND), "failures is 0: use 1 to 1000");
        refused(() -> new FailureRule(1_001, SECOND), "failures is 1001: use 1 to 1000");
        refused(() -> new FailureRule(1, Duration.ZERO), "within is 0ms: use 1ms to 1h");
        refused(() -> new FailureRule(1, Duration.ofMillis(3_600_001)), "within is 3600001ms: use 1ms to 1h");
    }

    @Test
    void an_open_period_is_1_ms_to_1_h_and_may_grow_up_to_1_h() {
        assertThat(new OpenPeriod(Duration.ofMillis(1), Duration.ofHours(1))).isNotNull();
        refused(() -> new OpenPeriod(Duration.ofMillis(-5), SECOND), "openFor is -5ms: use 1ms to 1h");
        refused(() -> OpenPeriod.startingAt(Duration.ofHours(2)), "openFor is 7200000ms: use 1ms to 1h");
        refused(
                () -> new OpenPeriod(SECOND, Duration.ofMillis(999)),
                "maxOpenFor is 999ms: use at least openFor, which is 1s");
        refused(() -> new OpenPeriod(SECOND, Duration.ofHours(2)), "maxOpenFor is 7200000ms: use 1ms to 1h");
    }

    @Test
    void an_open_period_grows_up_to_1_minute_unless_it_begins_above() {
        assertThat(OpenPeriod.startingAt(SECOND).longest()).isEqualTo(Duration.ofMinutes(1));
        assertThat(OpenPeriod.startingAt(Duration.ofMinutes(6)).longest()).isEqualTo(Duration.ofMinutes(6));
    }

    /** They could not be written into the log line of an opening circuit, which threw instead. */
    @Test
    void a_part_of_a_millisecond_is_refused() {
        refused(() -> new FailureRule(1, Duration.ofNanos(1_500_000)), "within is PT0.0015S: use whole milliseconds");
        refused(
                () -> OpenPeriod.startingAt(Duration.ofNanos(1_000_001)),
                "openFor is PT0.001000001S: use whole milliseconds");
    }

    @Test
    void a_rate_is_a_percentage_over_enough_calls() {
        assertThat(new RateRule(1, 0, null, 1, new Over.Calls(1))).isNotNull();
        assertThat(new RateRule(100, 100, SECOND, 1_000_000, new Over.Calls(10_000)))
                .isNotNull();
        refused(() -> rate(-1, 1, SECOND, 1), "failurePercent is -1: use 0 to 100");
        refused(() -> rate(101, 0, null, 1), "failurePercent is 101: use 0 to 100");
        refused(() -> rate(1, 101, SECOND, 1), "slowPercent is 101: use 0 to 100");
        refused(() -> rate(1, 0, null, 0), "minCalls is 0: use 1 to 1000000");
        refused(() -> rate(1, 0, null, 1_000_001), "minCalls is 1000001: use 1 to 1000000");
        refused(() -> rate(1, 1, Duration.ZERO, 1), "slowerThan is 0ms: use 1ms to 1h");
        refused(() -> new Over.Calls(0), "lastCalls is 0: use 1 to 10000");
        refused(() -> new Over.Calls(10_001), "lastCalls is 10001: use 1 to 10000");
        refused(() -> new Over.Time(Duration.ZERO), "within is 0ms: use 1ms to 1h");
    }

    @Test
    void a_rate_says_of_what() {
        refused(
                () -> rate(0, 0, null, 1),
                "failurePercent and slowPercent are both 0: give one of them, or leave the rule out");
        refused(
                () -> rate(0, 50, null, 1),
                "slowPercent is 50 and slowerThan is not given: say from when on a call is slow");
        refused(
                () -> rate(50, 0, SECOND, 1),
                "slowerThan is given and slowPercent is 0: say how many slow calls are too many");
    }

    private static RateRule rate(int failurePercent, int slowPercent, @Nullable Duration slowerThan, int minCalls) {
        return new RateRule(failurePercent, slowPercent, slowerThan, minCalls, LAST_SECOND);
    }

    @Test
    void there_is_a_rule_and_1_to_100_probes() {
        OpenPeriod open = OpenPeriod.defaults();
        FailureRule rule = FailureRule.defaults();
        assertThat(new BreakerPolicy(null, rate(50, 0, null, 20), open, 100, List.of()))
                .isNotNull();
        refused(
                () -> new BreakerPolicy(null, null, open, 1, List.of()),
                "a circuit breaker without a rule never opens: give failures, failurePercent or slowPercent");
        refused(() -> new BreakerPolicy(rule, null, open, 0, List.of()), "probes is 0: use 1 to 100");
        refused(() -> new BreakerPolicy(rule, null, open, 101, List.of()), "probes is 101: use 1 to 100");
    }

    @Test
    void the_list_handed_in_can_change_without_harm() {
        List<Class<? extends Throwable>> ignore = new ArrayList<>(List.of(IllegalStateException.class));
        BreakerPolicy policy = new BreakerPolicy(FailureRule.defaults(), null, OpenPeriod.defaults(), 1, ignore);

        ignore.clear();

        assertThat(policy.ignore()).hasSize(1);
    }

    private static void refused(ThrowingCallable made, String message) {
        assertThatIllegalArgumentException().isThrownBy(made).withMessage(message);
    }
}
