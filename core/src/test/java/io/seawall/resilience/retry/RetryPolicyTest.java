package io.seawall.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.seawall.test.Policies;
import io.seawall.test.Property;
import jakarta.ejb.EJBException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final Duration MS_100 = Duration.ofMillis(100);

    private static RetryPolicy policy(Duration backoff, Duration maxBackoff, Jitter jitter) {
        return Policies.retries(100, backoff, maxBackoff, jitter);
    }

    private static RetryPolicy policy(List<Class<? extends Throwable>> on, List<Class<? extends Throwable>> abortOn) {
        return new RetryPolicy(2, new Backoff(MS_100, MS_100, Growth.EXPONENTIAL, Jitter.NONE), on, abortOn, null);
    }

    @Test
    void the_default_is_two_retries_within_100_ms_and_200_ms_on_every_exception() {
        assertThat(RetryPolicy.defaults()).isEqualTo(Policies.retries(2, MS_100, Duration.ofSeconds(5), Jitter.FULL));
    }

    @Test
    void delays_double_up_to_the_cap() {
        RetryPolicy policy = policy(MS_100, Duration.ofSeconds(1), Jitter.NONE);

        assertThat(LongStream.rangeClosed(1, 6)
                        .map(retry -> policy.backoff().nextNanos((int) retry, 0, new SplittableRandom(1)) / 1_000_000))
                .containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L);
    }

    @Test
    void a_delay_never_overflows_and_never_shrinks_up_to_the_last_retry() {
        Property.holds(300, random -> {
            Duration backoff = Duration.ofMillis(random.nextLong(1, 1L << random.nextInt(1, 22)));
            Duration max = backoff.plusMillis(
                    random.nextLong(Duration.ofHours(1).minus(backoff).toMillis() + 1));
            RetryPolicy policy = policy(backoff, max, Jitter.NONE);

            long last = 0;
            for (int retry = 1; retry <= RetryPolicy.MAX_RETRIES; retry++) {
                long delay = policy.backoff().nextNanos(retry, 0, random);
                assertThat(delay)
                        .isBetween(backoff.toNanos(), max.toNanos())
                        .isGreaterThanOrEqualTo(last)
                        .isIn(last * 2, max.toNanos(), backoff.toNanos());
                last = delay;
            }
            assertThat(last).isEqualTo(max.toNanos());
        });
    }

    @Test
    void full_jitter_spreads_every_delay_evenly_from_nothing_to_the_whole_also_at_the_cap() {
        RetryPolicy policy = policy(MS_100, Duration.ofSeconds(1), Jitter.FULL);
        SplittableRandom random = new SplittableRandom(1);

        for (int retry : new int[] {1, 2, 4, 5, 50, 100}) {
            long cap =
                    policy(MS_100, Duration.ofSeconds(1), Jitter.NONE).backoff().nextNanos(retry, 0, random);
            int[] tenths = new int[10];
            double sum = 0;
            for (int i = 0; i < 10_000; i++) {
                long delay = policy.backoff().nextNanos(retry, 0, random);
                assertThat(delay).isBetween(0L, cap);
                tenths[(int) Math.min(9, delay * 10 / cap)]++;
                sum += delay;
            }
            assertThat(sum / 10_000 / cap).as("mean of retry %d", retry).isBetween(0.48, 0.52);
            for (int tenth : tenths) {
                assertThat(tenth).as("delays in each tenth of retry %d", retry).isBetween(850, 1_150);
            }
        }
    }

    @Test
    void with_no_rule_every_exception_is_retried() {
        RetryPolicy policy = policy(List.of(), List.of());

        assertThat(policy.retries(new IOException())).isTrue();
        assertThat(policy.retries(new IllegalStateException())).isTrue();
        assertThat(policy.retries(new Rejected(true))).isTrue();
    }

    @Test
    void the_callers_fault_is_retried_only_if_it_is_named() {
        IllegalArgumentException fault = new IllegalArgumentException();

        assertThat(policy(List.of(), List.of()).retries(fault)).isFalse();
        assertThat(policy(List.of(), List.of()).retries(new EJBException(fault)))
                .isFalse();
        assertThat(policy(List.of(RuntimeException.class), List.of()).retries(fault))
                .isTrue();
        assertThat(policy(List.of(IOException.class), List.of()).retries(fault)).isFalse();
    }

    @Test
    void only_the_failures_named_and_their_subclasses_are_retried() {
        RetryPolicy policy = policy(List.of(IOException.class, IllegalStateException.class), List.of());

        assertThat(policy.retries(new IOException())).isTrue();
        assertThat(policy.retries(new FileNotFoundException())).isTrue();
        assertThat(policy.retries(new IllegalStateException())).isTrue();
        assertThat(policy.retries(new IllegalArgumentException())).isFalse();
        assertThat(policy.retries(new Exception(new IOException()))).isFalse();
    }

    @Test
    void what_aborts_is_stronger_than_what_is_retried() {
        RetryPolicy policy = policy(List.of(IOException.class), List.of(FileNotFoundException.class));

        assertThat(policy.retries(new IOException())).isTrue();
        assertThat(policy.retries(new FileNotFoundException())).isFalse();
        assertThat(policy(List.of(), List.of(IOException.class)).retries(new FileNotFoundException()))
                .isFalse();
        assertThat(policy(List.of(), List.of(IOException.class)).retries(new IllegalStateException()))
                .isTrue();
    }

    @Test
    void no_rule_makes_an_interrupt_or_a_refusal_retried() {
        RetryPolicy policy = policy(List.of(Throwable.class, InterruptedException.class, Rejected.class), List.of());

        assertThat(policy.retries(new InterruptedException())).isFalse();
        assertThat(policy.retries(new Rejected(false))).isFalse();
        assertThat(policy.retries(new Rejected(true))).isTrue();
    }

    @Test
    void the_lists_handed_in_can_change_without_harm() {
        List<Class<? extends Throwable>> on = new ArrayList<>(List.of(IOException.class));
        RetryPolicy policy = policy(on, on);

        on.clear();

        assertThat(policy.on()).hasSize(1);
        assertThat(policy.abortOn()).hasSize(1);
    }

    @Test
    void every_number_has_its_range() {
        assertThat(Policies.retries(0, Duration.ofMillis(1), Duration.ofHours(1), Jitter.FULL))
                .isNotNull();
        assertThat(Policies.retries(100, Duration.ofHours(1), Duration.ofHours(1), Jitter.FULL))
                .isNotNull();
        refused(-1, MS_100, MS_100, "maxRetries is -1: use 0 to 100");
        refused(101, MS_100, MS_100, "maxRetries is 101: use 0 to 100");
        refused(1, Duration.ZERO, MS_100, "backoff is 0ms: use 1ms to 1h");
        refused(1, Duration.ofMillis(-1), MS_100, "backoff is -1ms: use 1ms to 1h");
        refused(1, Duration.ofMillis(3_600_001), Duration.ofHours(2), "backoff is 3600001ms: use 1ms to 1h");
        refused(
                1,
                MS_100,
                Duration.ofMillis(99),
                "maxBackoff is 99ms: use at least backoff, which is 100ms, and at most 1h");
        refused(
                1,
                MS_100,
                Duration.ofMillis(3_600_001),
                "maxBackoff is 3600001ms: use at least backoff, which is 100ms, and at most 1h");
    }

    private static void refused(int maxRetries, Duration backoff, Duration maxBackoff, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.retries(maxRetries, backoff, maxBackoff, Jitter.FULL))
                .withMessage(message);
    }

    @Test
    void a_failure_is_known_inside_what_containers_wrap_around_it() {
        EJBException wrapped = new EJBException(new FileNotFoundException());

        assertThat(policy(List.of(IOException.class), List.of()).retries(wrapped))
                .isTrue();
        assertThat(policy(List.of(EJBException.class), List.of()).retries(wrapped))
                .isTrue();
        assertThat(policy(List.of(), List.of(IOException.class)).retries(wrapped))
                .isFalse();
        assertThat(policy(List.of(IOException.class), List.of())
                        .retries(new IllegalStateException(new FileNotFoundException())))
                .isFalse();
    }

    @Test
    void an_error_an_interrupt_and_a_refusal_stay_what_they_are_when_wrapped() {
        RetryPolicy policy = policy(List.of(), List.of());

        assertThat(policy.retries(new ExecutionException(new StackOverflowError())))
                .isFalse();
        assertThat(policy.retries(new EJBException(new InterruptedException()))).isFalse();
        assertThat(policy.retries(new EJBException(new Rejected(false)))).isFalse();
        assertThat(policy.retries(new EJBException(new Rejected(true)))).isTrue();
    }

    @Test
    void delays_are_cut_so_that_all_together_stay_below_a_total() {
        RetryPolicy cut = policy(MS_100, Duration.ofSeconds(1), Jitter.NONE).withTotalBackoff(Duration.ofMillis(200));

        assertThat(LongStream.rangeClosed(1, cut.maxRetries())
                        .map(retry -> cut.backoff().nextNanos((int) retry, 0, new SplittableRandom(1)))
                        .sum())
                .isEqualTo(200_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000, 5000, true", // never waits
        "2, 1, 5000, true", // 1 + 2: the cap is far away
        "3, 10, 5000, true", // 10 + 20 + 40
        "3, 14, 5000, true", // 14 + 28 + 56
        "3, 15, 5000, false", // 15 + 30 + 60
        "2, 50, 50, true",
        "2, 50, 51, false",
        "100, 1, 1, true",
        "100, 1, 2, false"
    })
    void delays_are_left_alone_if_all_together_cannot_be_longer(
            int retries, long backoffMillis, long maxBackoffMillis, boolean leftAlone) {
        RetryPolicy policy = Policies.retries(
                retries, Duration.ofMillis(backoffMillis), Duration.ofMillis(maxBackoffMillis), Jitter.FULL);

        assertThat(policy.withTotalBackoff(MS_100).equals(policy)).isEqualTo(leftAlone);
    }

    @Test
    void a_cut_delay_is_never_shorter_than_a_delay_may_be() {
        RetryPolicy cut = policy(MS_100, MS_100, Jitter.NONE).withTotalBackoff(Duration.ofMillis(1));

        assertThat(cut.backoff().max()).isEqualTo(Duration.ofMillis(1));
    }
}
