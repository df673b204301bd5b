package io.seawall.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.metrics.Counter;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.RetriesOff;
import io.seawall.resilience.Sleeper;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.Policies;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryStrategyTest {

    /** Every call made and every wait, in milliseconds, in order. */
    private final List<String> diary = new ArrayList<>();

    /** What the next calls throw; when it is empty, they return. */
    private final Deque<Throwable> failures = new ArrayDeque<>();

    private final Sleeper sleeper = nanos -> diary.add("wait " + nanos / 1_000_000);

    private final Strategy<String> call = (argument, deadline) -> {
        diary.add("call " + argument);
        Throwable failure = failures.poll();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        return "result";
    };

    private boolean allowed = true;

    private static RetryPolicy policy(int maxRetries) {
        return Policies.retries(maxRetries, Duration.ofMillis(100), Duration.ofMillis(300), Jitter.NONE);
    }

    private Strategy<String> retrying(RetryPolicy policy) {
        return retrying(policy, sleeper, new SplittableRandom(1), call);
    }

    private Strategy<String> retrying(
            RetryPolicy policy, Sleeper sleeper, RandomGenerator random, Strategy<String> inner) {
        return new RetryLayer<String>(
                        "payments",
                        policy,
                        null,
                        new Counter(),
                        new RetrySurroundings(
                                sleeper,
                                () -> random,
                                new HandTimer(),
                                Runnable::run,
                                InstantSource.system(),
                                List.of()),
                        argument -> allowed,
                        new Forgetful())
                .around(inner);
    }

    @Test
    void a_call_that_succeeds_is_made_once_without_a_wait() throws Exception {
        assertThat(retrying(policy(2)).execute("x", Deadline.NONE)).isEqualTo("result");

        assertThat(diary).containsExactly("call x");
    }

    @Test
    void a_call_that_returns_nothing_has_succeeded() throws Exception {
        Strategy<String> strategy = retrying(policy(2), sleeper, new SplittableRandom(1), (argument, deadline) -> null);

        assertThat(strategy.execute("x", Deadline.NONE)).isNull();
        assertThat(diary).isEmpty();
    }

    @Test
    void a_failed_call_is_made_again_after_a_longer_wait_each_time() throws Exception {
        for (int i = 0; i < 4; i++) {
            failures.add(new IOException());
        }

        assertThat(retrying(policy(4)).execute("x", Deadline.NONE)).isEqualTo("result");

        assertThat(diary)
                .containsExactly(
                        "call x",
                        "wait 100",
                        "call x",
                        "wait 200",
                        "call x",
                        "wait 300",
                        "call x",
                        "wait 300",
                        "call x");
    }

    @Test
    void the_first_call_is_no_retry_and_the_last_failure_is_thrown() {
        IOException last = new IOException("third");
        failures.addAll(List.of(new IOException("first"), new IOException("second"), last, new IOException("fourth")));

        assertThatThrownBy(() -> retrying(policy(2)).execute("x", Deadline.NONE))
                .isSameAs(last);

        assertThat(diary).containsExactly("call x", "wait 100", "call x", "wait 200", "call x");
    }

    @Test
    void with_no_retries_a_failure_is_thrown_at_once() {
        failures.add(new IOException());

        assertThatThrownBy(() -> retrying(policy(0)).execute("x", Deadline.NONE))
                .isInstanceOf(IOException.class);

        assertThat(diary).containsExactly("call x");
    }

    @Test
    void a_failure_that_is_not_to_be_retried_is_thrown_at_once() {
        RetryPolicy policy = new RetryPolicy(5, policy(5).backoff(), List.of(IOException.class), List.of(), null);
        IllegalStateException other = new IllegalStateException();
        failures.addAll(List.of(new IOException(), other));

        assertThatThrownBy(() -> retrying(policy).execute("x", Deadline.NONE)).isSameAs(other);

        assertThat(diary).containsExactly("call x", "wait 100", "call x");
    }

    @Test
    void errors_interrupts_and_refusals_are_never_retried() {
        for (Throwable failure : List.of(
                new StackOverflowError(), new AssertionError(), new InterruptedException(), new Rejected(false))) {
            diary.clear();
            failures.add(failure);

            assertThatThrownBy(() -> retrying(policy(5)).execute("x", Deadline.NONE))
                    .isSameAs(failure);

            assertThat(diary).containsExactly("call x");
        }
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_call_that_was_ended_by_its_time_limit_is_retried() throws Exception {
        failures.add(new Rejected(true));

        assertThat(retrying(policy(1)).execute("x", Deadline.NONE)).isEqualTo("result");

        assertThat(diary).containsExactly("call x", "wait 100", "call x");
    }

    @Test
    void the_wait_is_drawn_anew_for_every_retry() throws Exception {
        for (int i = 0; i < 100; i++) {
            failures.add(new IOException());
        }
        RetryPolicy policy = Policies.retries(100, Duration.ofSeconds(10), Duration.ofSeconds(10), Jitter.FULL);
        SplittableRandom random = new SplittableRandom(1);

        retrying(policy, sleeper, random, call).execute("x", Deadline.NONE);

        assertThat(diary.stream().filter(line -> line.startsWith("wait")).distinct())
                .hasSizeGreaterThan(90);
    }

    @Test
    void a_thread_interrupted_while_it_waits_gets_the_failure_and_stays_interrupted() {
        IOException failure = new IOException();
        failures.add(failure);
        Sleeper interrupted = nanos -> {
            throw new InterruptedException();
        };
        Strategy<String> strategy = retrying(policy(5), interrupted, new SplittableRandom(1), call);

        assertThatThrownBy(() -> strategy.execute("x", Deadline.NONE)).isSameAs(failure);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(diary).containsExactly("call x");
    }

    @Test
    void a_failure_is_final_without_a_wait_where_the_surroundings_do_not_allow_another_attempt() {
        allowed = false;
        IOException failure = new IOException();
        failures.add(failure);

        assertThatThrownBy(() -> retrying(policy(5)).execute("x", Deadline.NONE))
                .isSameAs(failure);

        assertThat(diary).containsExactly("call x");
    }

    @Test
    void a_failure_is_final_also_if_the_surroundings_change_during_the_wait() {
        IOException failure = new IOException();
        failures.add(failure);
        Strategy<String> strategy = retrying(policy(5), nanos -> allowed = false, new SplittableRandom(1), call);

        assertThatThrownBy(() -> strategy.execute("x", Deadline.NONE)).isSameAs(failure);

        assertThat(diary).containsExactly("call x");
    }

    @Test
    void where_retrying_is_off_the_first_failure_is_thrown_as_it_is() {
        IOException first = new IOException();
        failures.addAll(List.of(first, new IOException()));

        RetriesOff off = RetriesOff.begin();
        try {
            assertThatThrownBy(() -> retrying(policy(2)).execute("x", Deadline.NONE))
                    .isSameAs(first)
                    .hasNoSuppressedExceptions();
        } finally {
            off.end();
        }

        assertThat(diary).containsExactly("call x");
    }

    @Test
    void a_call_after_that_time_is_retried_again() throws Exception {
        RetriesOff.begin().end();
        failures.add(new IOException());

        assertThat(retrying(policy(2)).execute("x", Deadline.NONE)).isEqualTo("result");

        assertThat(diary).containsExactly("call x", "wait 100", "call x");
    }
}
