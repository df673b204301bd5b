package io.seawall.resilience.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.metrics.Counter;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.resilience.timer.Timer;
import io.seawall.test.FakeClock;
import io.seawall.test.NoThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An attempt ends with its own limit or with the patience of its caller, whichever is first. */
class CallDeadlineTest {

    private final Counter late = new Counter();

    private final FakeClock clock = new FakeClock();
    private final HandTimer timer = new HandTimer(clock);
    private final List<Runnable> elsewhere = new ArrayList<>();

    private AttemptTimeoutLayer<String> layer(@Nullable Duration limit, boolean interrupt) {
        return new AttemptTimeoutLayer<>("payments", limit, interrupt, timer, clock, elsewhere::add, late);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(timer.alarms()).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    private Strategy<String> withDeadline(@Nullable Duration limit, Strategy<String> call) {
        return new DeadlineLayer<String>(Duration.ofSeconds(3), clock)
                .around(layer(limit, true).around(call));
    }

    @Test
    void without_a_limit_the_deadline_ends_the_attempt() {
        assertThatThrownBy(() -> withDeadline(null, (argument, deadline) -> {
                            timer.advance(Duration.ofSeconds(3));
                            return "late";
                        })
                        .execute("x", Deadline.NONE))
                .isInstanceOf(TimeLimitExceededException.class)
                .hasMessage("call to 'payments' exceeded its deadline of 3s");
    }

    @Test
    void the_limit_ends_it_if_it_is_first() {
        assertThatThrownBy(() -> withDeadline(Duration.ofSeconds(2), (argument, deadline) -> {
                            timer.advance(Duration.ofSeconds(2));
                            return "late";
                        })
                        .execute("x", Deadline.NONE))
                .hasMessage("call to 'payments' exceeded its limit of 2s");
    }

    @Test
    void what_is_left_of_the_deadline_cuts_the_limit() throws Exception {
        Strategy<String> limited = layer(Duration.ofSeconds(2), true).around((argument, deadline) -> argument);
        Deadline deadline = Deadline.in(Duration.ofSeconds(3), clock);
        limited.execute("x", deadline);
        clock.advance(Duration.ofMillis(2500));
        limited.execute("x", deadline);
        assertThat(timer.delays()).containsExactly(2_000_000_000L, 500_000_000L);
    }

    @Test
    void an_attempt_whose_time_is_over_is_not_made() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(3), clock);
        clock.advance(Duration.ofSeconds(3));
        assertThatThrownBy(() -> layer(null, true)
                        .around((argument, left) -> {
                            throw new AssertionError("it was made");
                        })
                        .execute("x", deadline))
                .isInstanceOfSatisfying(
                        TimeLimitExceededException.class,
                        over -> assertThat(over.attempted()).isFalse());
    }

    @Test
    void what_must_not_be_interrupted_ends_by_itself_and_is_too_late_then() {
        assertThatThrownBy(() -> layer(Duration.ofSeconds(2), false)
                        .around((argument, deadline) -> {
                            clock.advance(Duration.ofSeconds(2));
                            assertThat(Thread.currentThread().isInterrupted()).isFalse();
                            return "late";
                        })
                        .execute("x", Deadline.NONE))
                .hasMessage("call to 'payments' exceeded its limit of 2s");
        assertThat(timer.delays()).as("nothing is set for it").isEmpty();
    }

    @Test
    void a_failure_that_comes_too_late_is_the_cause() {
        IllegalStateException failure = new IllegalStateException("down");
        assertThatThrownBy(() -> layer(Duration.ofSeconds(2), false)
                        .around((argument, deadline) -> {
                            clock.advance(Duration.ofSeconds(3));
                            throw failure;
                        })
                        .execute("x", Deadline.NONE))
                .isInstanceOf(TimeLimitExceededException.class)
                .hasCause(failure);
    }

    @Test
    void without_an_interrupt_what_ends_in_time_is_handed_on() throws Exception {
        assertThat(layer(Duration.ofSeconds(2), false)
                        .around((argument, deadline) -> {
                            clock.advance(Duration.ofMillis(1999));
                            return argument;
                        })
                        .execute("x", Deadline.NONE))
                .isEqualTo("x");
    }

    @Test
    void a_result_that_does_not_come_in_time_is_a_failure_and_is_dropped_when_it_comes() {
        CompletableFuture<@Nullable Object> call = new CompletableFuture<>();
        CompletableFuture<@Nullable Object> outcome = layer(Duration.ofSeconds(2), true)
                .aroundAsync((argument, deadline) -> call)
                .start("x", Deadline.NONE)
                .toCompletableFuture();
        timer.advance(Duration.ofSeconds(2));
        assertThat(outcome).as("not on the thread of the timer").isNotDone();
        elsewhere.forEach(Runnable::run);
        assertThat(outcome)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(TimeLimitExceededException.class);
        call.complete("late");
        assertThat(outcome).isCompletedExceptionally();
        assertThat(call).as("it was not cancelled").isCompletedWithValue("late");
    }

    @Test
    void where_nobody_takes_tasks_any_more_a_late_result_is_a_failure_all_the_same() {
        for (Executor nowhere : NoThread.executors()) {
            CompletableFuture<@Nullable Object> outcome = new AttemptTimeoutLayer<String>(
                            "payments", Duration.ofSeconds(2), true, timer, clock, nowhere, late)
                    .aroundAsync((argument, deadline) -> new CompletableFuture<>())
                    .start("x", Deadline.NONE)
                    .toCompletableFuture();
            timer.advance(Duration.ofSeconds(2));
            assertThat(outcome)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(TimeLimitExceededException.class);
        }
    }

    @Test
    void where_no_limit_can_be_watched_a_call_whose_result_comes_later_fails_as_all_do() {
        Timer none = new Timer() {
            @Override
            public void set(Alarm alarm, long delayNanos) {
                throw new InternalError("unable to create native thread");
            }

            @Override
            public void unset(Alarm alarm) {}
        };
        CompletionStage<@Nullable Object> outcome = new AttemptTimeoutLayer<String>(
                        "payments", Duration.ofSeconds(2), true, none, clock, Runnable::run, late)
                .aroundAsync((argument, deadline) -> new CompletableFuture<>())
                .start("x", Deadline.NONE);
        assertThat(outcome.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void a_result_in_time_calls_its_alarm_off() {
        CompletableFuture<@Nullable Object> call = new CompletableFuture<>();
        CompletableFuture<@Nullable Object> outcome = layer(Duration.ofSeconds(2), true)
                .aroundAsync((argument, deadline) -> call)
                .start("x", Deadline.NONE)
                .toCompletableFuture();
        assertThat(timer.alarms()).hasSize(1);
        call.complete("x");
        assertThat(timer.alarms()).isEmpty();
        assertThat(outcome).isCompletedWithValue("x");
        assertThat(elsewhere).isEmpty();
    }
}
