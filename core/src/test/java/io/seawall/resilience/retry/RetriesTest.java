package io.seawall.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.metrics.Counter;
import io.seawall.resilience.CallMemory;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.RetryAfter;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When another attempt is made: deadline, budget, what the target asks for, bad results, and what a call finds again. */
class RetriesTest {

    private final FakeClock clock = new FakeClock();

    /** Every attempt, with the parameters it found, and every wait, in milliseconds. */
    private final List<String> diary = new ArrayList<>();

    /** What the next attempts throw or return; when it is empty, they return "good". */
    private final Deque<Object> outcomes = new ArrayDeque<>();

    private long oversleptMillis;

    private @Nullable RetryBudget budget;
    private @Nullable Predicate<@Nullable Object> onResult;
    private Backoff backoff =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), Growth.EXPONENTIAL, Jitter.NONE);

    private final Strategy<StringBuilder> call = (parameters, deadline) -> {
        diary.add("call " + parameters);
        parameters.append(" used");
        Object outcome = outcomes.isEmpty() ? "good" : outcomes.remove();
        if (outcome instanceof Exception failure) {
            throw failure;
        }
        return outcome;
    };

    private static final class Parameters implements CallMemory<StringBuilder> {

        @Override
        public Object save(StringBuilder call) {
            return call.toString();
        }

        @Override
        public void restore(StringBuilder call, @Nullable Object saved) {
            call.setLength(0);
            call.append(saved);
        }
    }

    private Strategy<StringBuilder> retrying(int maxRetries) {
        return layer(maxRetries).around(call);
    }

    private RetryLayer<StringBuilder> layer(int maxRetries) {
        RetrySurroundings surroundings = new RetrySurroundings(
                nanos -> {
                    diary.add("wait " + nanos / 1_000_000);
                    clock.advanceNanos(nanos + oversleptMillis * 1_000_000);
                },
                () -> new SplittableRandom(1),
                new HandTimer(),
                Runnable::run,
                InstantSource.fixed(Instant.EPOCH),
                List.of());
        return new RetryLayer<>(
                "payments",
                new RetryPolicy(maxRetries, backoff, List.of(), List.of(), onResult),
                budget,
                new Counter(),
                surroundings,
                parameters -> true,
                new Parameters());
    }

    private @Nullable Object execute(Strategy<StringBuilder> strategy, Deadline deadline) throws Exception {
        return strategy.execute(new StringBuilder("x"), deadline);
    }

    private void fails(int times) {
        for (int i = 0; i < times; i++) {
            outcomes.add(new IOException("failure " + i));
        }
    }

    @Test
    void every_attempt_finds_the_call_as_it_came() throws Exception {
        fails(2);

        execute(retrying(2), Deadline.NONE);

        assertThat(diary).containsExactly("call x", "wait 100", "call x", "wait 200", "call x");
    }

    @Test
    void a_delay_that_does_not_fit_is_not_begun_and_the_failure_comes_at_once() {
        fails(3);
        Strategy<StringBuilder> strategy = retrying(5);
        Deadline deadline = Deadline.in(Duration.ofMillis(300), clock);

        // 100 ms leave 200 ms, and 200 ms are no less than that.
        assertThatThrownBy(() -> execute(strategy, deadline)).hasMessage("failure 1");

        assertThat(diary).containsExactly("call x", "wait 100", "call x");
        assertThat(deadline.leftNanos()).isEqualTo(200_000_000);
    }

    @Test
    void a_delay_that_fits_is_waited_for() throws Exception {
        fails(2);

        assertThat(execute(retrying(5), Deadline.in(Duration.ofMillis(301), clock)))
                .isEqualTo("good");
    }

    @Test
    void who_has_slept_for_too_long_makes_no_attempt_after_the_deadline() {
        fails(1);
        oversleptMillis = 50;

        assertThatThrownBy(() -> execute(retrying(5), Deadline.in(Duration.ofMillis(150), clock)))
                .hasMessage("failure 0");

        assertThat(diary).containsExactly("call x", "wait 100");
    }

    @Test
    void calls_are_counted_and_retries_are_paid_for_until_the_budget_is_used_up() {
        budget = new RetryBudget("payments", new BudgetPolicy(0, 1), clock, exhausted -> {});
        backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), Growth.FIXED, Jitter.NONE);
        fails(100);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> execute(retrying(3), Deadline.NONE)).isInstanceOf(IOException.class);
        }

        // 3 + 3 + 3 + 1 + 0 retries
        assertThat(diary.stream().filter("call x"::equals)).hasSize(5 + 10);
        assertThat(budget.granted()).isEqualTo(10);
        assertThat(budget.refused()).isEqualTo(2);
    }

    @Test
    void every_call_earns_its_part_of_the_budget_once() throws Exception {
        budget = new RetryBudget("payments", new BudgetPolicy(100, 0), clock, exhausted -> {});
        assertThat(budget.tryRetry()).isFalse(); // from here on calls are certain

        execute(retrying(1), Deadline.NONE);
        execute(retrying(1), Deadline.NONE);

        assertThat(budget.tryRetry()).isTrue();
        assertThat(budget.tryRetry()).isTrue();
        assertThat(budget.tryRetry()).isFalse();
    }

    @Test
    void a_retry_that_is_not_made_is_not_paid_for() {
        budget = new RetryBudget("payments", BudgetPolicy.defaults(), clock, exhausted -> {});
        fails(1);
        outcomes.add(new IllegalArgumentException());
        outcomes.add(new RateLimited(Duration.ofHours(2)));

        assertThatThrownBy(() -> execute(retrying(5), Deadline.in(Duration.ofMillis(50), clock)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> execute(retrying(5), Deadline.NONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> execute(retrying(5), Deadline.NONE)).isInstanceOf(RateLimited.class);

        assertThat(budget.granted()).isZero();
        assertThat(budget.refused()).isZero();
    }

    @Test
    void a_result_that_is_not_good_enough_is_asked_for_again_and_the_last_one_is_returned() throws Exception {
        onResult = "pending"::equals;
        outcomes.addAll(List.of("pending", "pending", "good"));
        assertThat(execute(retrying(2), Deadline.NONE)).isEqualTo("good");
        assertThat(diary).containsExactly("call x", "wait 100", "call x", "wait 200", "call x");

        outcomes.addAll(List.of("pending", new IOException(), "pending"));
        assertThat(execute(retrying(2), Deadline.NONE)).isEqualTo("pending");
        assertThat(outcomes).isEmpty();
    }

    @Test
    void nothing_may_be_a_bad_result_too() throws Exception {
        List<@Nullable Object> seen = new ArrayList<>();
        onResult = result -> seen.add(result) && seen.size() == 1;
        Strategy<StringBuilder> nothing = layer(2).around((parameters, deadline) -> null);

        assertThat(execute(nothing, Deadline.NONE)).isNull();

        assertThat(seen).containsExactly(null, null);
    }

    @Test
    void a_bad_result_keeps_to_deadline_and_budget() throws Exception {
        onResult = "pending"::equals;
        outcomes.addAll(List.of("pending", "pending"));
        assertThat(execute(retrying(5), Deadline.in(Duration.ofMillis(100), clock)))
                .isEqualTo("pending");

        budget = new RetryBudget("payments", new BudgetPolicy(1, 0), clock, exhausted -> {});
        assertThat(execute(retrying(5), Deadline.NONE)).isEqualTo("pending");

        assertThat(diary).containsExactly("call x", "call x");
    }

    @Test
    void a_refusal_that_ends_the_retries_tells_the_last_failure() {
        IOException failure = new IOException();
        Rejected refusal = new Rejected(false);
        outcomes.addAll(List.of(failure, refusal));

        assertThatThrownBy(() -> execute(retrying(5), Deadline.NONE)).isSameAs(refusal);

        assertThat(refusal.getSuppressed()).containsExactly(failure);
        assertThat(diary).containsExactly("call x", "wait 100", "call x");
    }

    /** Says when the next attempt may be made. */
    private static final class RateLimited extends Exception implements RetryAfter {

        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        RateLimited(Duration retryAfter) {
            this.retryAfter = retryAfter;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(retryAfter);
        }
    }

    @Test
    void what_the_target_asks_for_is_waited_for_and_chance_comes_on_top() throws Exception {
        outcomes.add(new RateLimited(Duration.ofSeconds(2)));
        outcomes.add(new RateLimited(Duration.ofSeconds(3)));

        execute(retrying(2), Deadline.NONE);

        assertThat(diary).containsExactly("call x", "wait 2100", "call x", "wait 3200", "call x");
    }

    @Test
    void who_would_have_to_wait_beyond_the_cap_or_the_deadline_does_not_wait_at_all() {
        outcomes.add(new RateLimited(Duration.ofMillis(4_901)));
        assertThatThrownBy(() -> execute(retrying(2), Deadline.NONE)).isInstanceOf(RateLimited.class);
        outcomes.add(new RateLimited(Duration.ofSeconds(2)));
        assertThatThrownBy(() -> execute(retrying(2), Deadline.in(Duration.ofSeconds(2), clock)))
                .isInstanceOf(RateLimited.class);
        outcomes.add(new RateLimited(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThatThrownBy(() -> execute(retrying(2), Deadline.NONE)).isInstanceOf(RateLimited.class);

        assertThat(diary).containsExactly("call x", "call x", "call x");
    }
}
