package io.seawall.resilience.stale;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.metrics.Counter;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.FakeClock;
import io.seawall.test.NoThread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls whose result comes later, and who are answered before if that is long. */
class AsyncSoftDeadlineTest {

    private final StaleCounts counts = new StaleCounts(new Counter(), new Counter());

    private static final Duration MAX_AGE = Duration.ofSeconds(10);
    private static final Duration SOFT = Duration.ofMillis(250);

    private final FakeClock clock = new FakeClock();
    private final HandTimer timer = new HandTimer(clock);
    private final AllAnswers answers = new AllAnswers();
    private final List<Runnable> elsewhere = new ArrayList<>();
    private final List<CompletableFuture<@Nullable Object>> calls = new ArrayList<>();
    private final StaleLayer<String> layer = layer(elsewhere::add);

    private StaleLayer<String> layer(Executor executor) {
        return new StaleLayer<>(
                new StalePolicy(MAX_AGE, 10, SOFT),
                answers,
                call -> call,
                call -> true,
                call -> {
                    throw new AssertionError("it takes no thread");
                },
                counts,
                clock,
                timer,
                executor);
    }

    private CompletableFuture<@Nullable Object> started(StaleLayer<String> layer) {
        return layer.aroundAsync((call, deadline) -> {
                    CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
                    calls.add(result);
                    return result;
                })
                .start("x", Deadline.NONE)
                .toCompletableFuture();
    }

    private CompletableFuture<@Nullable Object> started() {
        return started(layer);
    }

    private void kept(Object value) {
        answers.keep("x", new Answer(value, clock.getAsLong()));
    }

    private void runAllThatWasLeft() {
        elsewhere.forEach(Runnable::run);
        elsewhere.clear();
    }

    @Test
    void a_result_that_does_not_come_in_time_is_answered_and_kept_when_it_comes() {
        kept("old");
        CompletableFuture<@Nullable Object> answer = started();

        timer.advance(SOFT);
        assertThat(answer).as("not on the thread of the timer").isNotDone();
        runAllThatWasLeft();
        assertThat(answer).isCompletedWithValue("old");

        calls.get(0).complete("new");
        assertThat(answers.kept.get("x")).isEqualTo(new Answer("new", clock.getAsLong()));
        assertThat(answer).isCompletedWithValue("old");
    }

    @Test
    void a_result_in_time_calls_the_alarm_off() {
        kept("old");
        CompletableFuture<@Nullable Object> answer = started();
        assertThat(timer.alarms()).hasSize(1);

        calls.get(0).complete("new");

        assertThat(answer).isCompletedWithValue("new");
        assertThat(timer.alarms()).isEmpty();
    }

    @Test
    void a_result_that_comes_while_the_old_answer_is_on_its_way_is_the_answer() {
        kept("old");
        CompletableFuture<@Nullable Object> answer = started();
        timer.advance(SOFT);

        calls.get(0).complete("new");
        runAllThatWasLeft();

        assertThat(answer).isCompletedWithValue("new");
        assertThat(started()).as("none goes on").isNotDone();
        assertThat(calls).hasSize(2);
    }

    @Test
    void without_an_answer_the_caller_waits_to_the_end() {
        CompletableFuture<@Nullable Object> answer = started();
        assertThat(timer.alarms()).isEmpty();
        calls.get(0).complete("new");
        assertThat(answer).isCompletedWithValue("new");

        CompletableFuture<@Nullable Object> next = started();
        clock.advance(MAX_AGE);
        timer.advance(SOFT);
        runAllThatWasLeft();
        assertThat(next).as("it has become too old").isNotDone();
        calls.get(1).complete("newer");
        assertThat(next).isCompletedWithValue("newer");
    }

    @Test
    void while_a_call_goes_on_others_are_answered_at_once() {
        kept("old");
        CompletableFuture<@Nullable Object> first = started();
        timer.advance(SOFT);
        runAllThatWasLeft();

        assertThat(first).isCompletedWithValue("old");
        assertThat(started()).isCompletedWithValue("old");
        assertThat(calls).hasSize(1);

        calls.get(0).completeExceptionally(new IOException());
        assertThat(started()).isNotDone();
        assertThat(calls).hasSize(2);
    }

    @Test
    void a_call_that_ends_at_its_soft_deadline_does_not_count_as_one_that_goes_on() {
        kept("old");
        CompletableFuture<@Nullable Object> answer = started();
        timer.advance(SOFT);
        answers.meanwhile = () -> calls.get(0).complete("new");
        runAllThatWasLeft();
        answers.meanwhile = () -> {};

        assertThat(answer).isCompletedWithValue("new");
        assertThat(started()).isNotDone();
        assertThat(calls).hasSize(2);
    }

    @Test
    void where_nobody_takes_tasks_any_more_the_timer_answers_itself() {
        for (Executor nowhere : NoThread.executors()) {
            kept("old");
            CompletableFuture<@Nullable Object> answer = started(layer(nowhere));

            timer.advance(SOFT);

            assertThat(answer).isCompletedWithValue("old");
        }
    }

    @Test
    void a_failure_in_time_is_answered_as_without_a_soft_deadline() {
        kept("old");
        CompletableFuture<@Nullable Object> answer = started();

        calls.get(0).completeExceptionally(new IOException());

        assertThat(answer).isCompletedWithValue("old");
        assertThat(timer.alarms()).isEmpty();
        CompletableFuture<@Nullable Object> fault = started();
        calls.get(1).completeExceptionally(new IllegalArgumentException());
        assertThat(fault)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalArgumentException.class);
    }
}
