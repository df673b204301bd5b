package io.seawall.resilience.stale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.metrics.Counter;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.RejectedException;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.FakeClock;
import io.seawall.test.TestSurroundings;
import jakarta.ejb.EJBException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StaleLayerTest {

    private final StaleCounts counts = new StaleCounts(new Counter(), new Counter());

    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    private static final class Refused extends RejectedException {

        private static final long serialVersionUID = 1L;

        Refused(boolean attempted) {
            super("target", "refused", attempted, null, null);
        }

        @Override
        protected String words() {
            return "refused";
        }
    }

    private final FakeClock clock = new FakeClock();
    private final AllAnswers answers = new AllAnswers();

    /** What the next call comes to: an exception is thrown. */
    private @Nullable Object outcome = "answer";

    private final Strategy<String> sync = layer(call -> true).around((call, deadline) -> {
        if (outcome instanceof Throwable failure) {
            throw unchecked(failure);
        }
        return outcome;
    });

    private StaleLayer<String> layer(Predicate<String> allowed) {
        return new StaleLayer<>(
                new StalePolicy(MAX_AGE, 10, null),
                answers,
                call -> "key of " + call,
                allowed,
                call -> true,
                counts,
                clock,
                new HandTimer(clock),
                Runnable::run);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E unchecked(Throwable failure) throws E {
        throw (E) failure;
    }

    private @Nullable Object called(String call, @Nullable Object outcome) throws Exception {
        this.outcome = outcome;
        return sync.execute(call, Deadline.NONE);
    }

    private CompletableFuture<@Nullable Object> started(
            Predicate<String> allowed, CompletionStage<@Nullable Object> outcome) {
        return layer(allowed)
                .aroundAsync((call, deadline) -> outcome)
                .start("x", Deadline.NONE)
                .toCompletableFuture();
    }

    private CompletableFuture<@Nullable Object> started(CompletionStage<@Nullable Object> outcome) {
        return started(call -> true, outcome);
    }

    @Test
    void a_call_that_comes_through_has_its_own_answer() throws Exception {
        assertThat(called("x", "first")).isEqualTo("first");
        assertThat(called("x", "second")).isEqualTo("second");
        assertThat(called("x", null)).isNull();
    }

    @Test
    void a_failure_of_the_dependency_and_every_refusal_are_answered_by_the_last_answer() throws Exception {
        called("x", "older");
        called("x", "old");

        for (Exception failure : List.of(
                new IOException(),
                new IllegalStateException(),
                new EJBException(new IOException()),
                new Refused(true),
                new Refused(false))) {
            assertThat(called("x", failure)).as("%s", failure).isEqualTo("old");
        }
    }

    @Test
    void the_last_answer_may_be_none() throws Exception {
        called("x", null);

        assertThat(called("x", new IOException())).isNull();
    }

    @Test
    void the_caller_s_fault_is_thrown() throws Exception {
        called("x", "old");

        for (Exception failure :
                List.of(new IllegalArgumentException(), new EJBException(new IllegalArgumentException()))) {
            assertThatThrownBy(() -> called("x", failure)).isSameAs(failure);
        }
    }

    @Test
    void an_error_and_an_interrupt_are_thrown() throws Exception {
        called("x", "old");

        for (Throwable failure : List.of(
                new StackOverflowError(),
                new InterruptedException(),
                new CompletionException(new StackOverflowError()),
                new EJBException(new InterruptedException()))) {
            assertThatThrownBy(() -> called("x", failure)).isSameAs(failure);
        }
    }

    @Test
    void one_question_is_not_answered_by_the_answer_of_another() throws Exception {
        IOException failure = new IOException();
        called("x", "old");

        assertThatThrownBy(() -> called("y", failure)).isSameAs(failure);
        assertThat(called("x", failure)).isEqualTo("old");
    }

    @Test
    void an_answer_is_given_until_it_is_too_old_and_not_a_nanosecond_longer() throws Exception {
        IOException failure = new IOException();
        called("x", "old");

        clock.advance(MAX_AGE);
        assertThat(called("x", failure)).isEqualTo("old");
        clock.advanceNanos(1);
        assertThatThrownBy(() -> called("x", failure)).isSameAs(failure);
    }

    @Test
    void an_answer_that_was_given_again_is_no_younger_for_it() throws Exception {
        IOException failure = new IOException();
        called("x", "old");

        clock.advance(Duration.ofSeconds(6));
        called("x", failure);
        clock.advance(Duration.ofSeconds(6));

        assertThatThrownBy(() -> called("x", failure)).isSameAs(failure);
    }

    @Test
    void an_answer_is_as_old_as_its_return_and_not_as_its_call() throws Exception {
        Strategy<String> slow = layer(call -> true).around((call, deadline) -> {
            clock.advance(Duration.ofSeconds(6));
            return "old";
        });
        slow.execute("x", Deadline.NONE);

        clock.advance(Duration.ofSeconds(6));

        assertThat(called("x", new IOException())).isEqualTo("old");
    }

    @Test
    void a_call_is_kept_by_what_it_asked_before_it_was_made() throws Exception {
        StaleLayer<String[]> layer = new StaleLayer<>(
                new StalePolicy(MAX_AGE, 10, null),
                answers,
                call -> call[0],
                call -> true,
                call -> true,
                counts,
                clock,
                new HandTimer(clock),
                Runnable::run);

        layer.around((call, deadline) -> {
                    call[0] = "changed";
                    return "answer";
                })
                .execute(new String[] {"asked"}, Deadline.NONE);

        assertThat(answers.kept).containsOnlyKeys("asked");
    }

    @Test
    void a_failure_that_may_not_be_answered_is_thrown() throws Exception {
        IOException failure = new IOException();
        called("x", "old");

        assertThatThrownBy(() -> layer(call -> !call.equals("x"))
                        .around((call, deadline) -> {
                            throw failure;
                        })
                        .execute("x", Deadline.NONE))
                .isSameAs(failure);
    }

    @Test
    void what_a_fallback_gives_is_not_kept() throws Exception {
        Pipeline<String> pipeline = new Targets(TestSurroundings.of(clock, nanos -> {}))
                .<String>around("target", call -> {
                    throw new IOException();
                })
                .fallback((call, failure) -> "made up")
                .stale(new StalePolicy(MAX_AGE, 10, null), answers, call -> call)
                .build();

        assertThat(pipeline.execute("x")).isEqualTo("made up");
        assertThat(answers.kept).isEmpty();
    }

    @Test
    void an_old_answer_is_better_than_a_fallback() throws Exception {
        Pipeline<String> pipeline = new Targets(TestSurroundings.of(clock, nanos -> {}))
                .<String>around("target", call -> {
                    throw new IOException();
                })
                .fallback((call, failure) -> "made up")
                .stale(new StalePolicy(MAX_AGE, 10, null), answers, call -> call)
                .build();
        answers.keep("x", new Answer("old", clock.getAsLong()));

        assertThat(pipeline.execute("x")).isEqualTo("old");
    }

    @Test
    void of_a_result_that_comes_later_the_value_is_kept_when_it_comes() {
        CompletableFuture<@Nullable Object> first = new CompletableFuture<>();
        CompletableFuture<@Nullable Object> answer = started(first);

        assertThat(answer).isNotDone();
        assertThat(answers.kept).isEmpty();
        first.complete("old");

        assertThat(answer).isCompletedWithValue("old");
        assertThat(answers.kept).containsOnlyKeys("key of x").containsValue(new Answer("old", clock.getAsLong()));
    }

    @Test
    void a_result_that_fails_later_is_answered_then() {
        answers.keep("key of x", new Answer("old", clock.getAsLong()));
        CompletableFuture<@Nullable Object> later = new CompletableFuture<>();
        CompletableFuture<@Nullable Object> answer = started(later);

        assertThat(answer).isNotDone();
        later.completeExceptionally(new IOException());

        assertThat(answer).isCompletedWithValue("old");
    }

    @Test
    void a_refusal_of_a_call_whose_result_was_to_come_later_is_answered() {
        answers.keep("key of x", new Answer("old", clock.getAsLong()));

        assertThat(started(CompletableFuture.failedFuture(new Refused(false)))).isCompletedWithValue("old");
    }

    @Test
    void what_passes_with_a_result_that_comes_later_is_what_it_failed_with() {
        answers.keep("key of x", new Answer("old", clock.getAsLong()));

        for (Throwable failure :
                List.of(new IllegalArgumentException(), new StackOverflowError(), new InterruptedException())) {
            assertFailedWith(failure, started(CompletableFuture.failedFuture(failure)));
            assertFailedWith(failure, started(CompletableFuture.failedFuture(new CompletionException(failure))));
        }
        IOException failure = new IOException();
        assertFailedWith(failure, started(call -> false, CompletableFuture.failedFuture(failure)));
        clock.advance(MAX_AGE.plusNanos(1));
        assertFailedWith(failure, started(CompletableFuture.failedFuture(failure)));
    }

    private static void assertFailedWith(Throwable failure, CompletableFuture<?> answer) {
        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(failure);
    }

    @Test
    void whether_a_result_that_comes_later_may_be_answered_is_asked_before_the_call() {
        StringBuilder order = new StringBuilder();

        layer(call -> {
                    order.append("asked ");
                    return true;
                })
                .aroundAsync((call, deadline) -> {
                    order.append("called");
                    return CompletableFuture.failedFuture(new IOException());
                })
                .start("x", Deadline.NONE);

        assertThat(order).hasToString("asked called");
    }

    @Test
    void a_question_that_cannot_be_told_fails_a_call_whose_result_comes_later_without_making_it() {
        IllegalStateException failure = new IllegalStateException();
        StaleLayer<String> layer = new StaleLayer<>(
                new StalePolicy(MAX_AGE, 10, null),
                answers,
                call -> {
                    throw failure;
                },
                call -> true,
                call -> true,
                counts,
                clock,
                new HandTimer(clock),
                Runnable::run);

        assertFailedWith(
                failure,
                layer.aroundAsync((call, deadline) -> {
                            throw new AssertionError("no call is wanted");
                        })
                        .start("x", Deadline.NONE)
                        .toCompletableFuture());
    }
}
