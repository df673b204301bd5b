package io.seawall.resilience.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.Deadline;
import io.seawall.test.OddStage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AsyncFallbackTest {

    private static final Recovery<String> NEVER = (call, failure) -> {
        throw new AssertionError("no other answer is wanted");
    };

    private static CompletableFuture<@Nullable Object> answered(
            Recovery<String> recovery, Predicate<String> allowed, CompletionStage<@Nullable Object> outcome) {
        return new FallbackLayer<>(recovery, allowed)
                .aroundAsync((call, deadline) -> outcome)
                .start("x", Deadline.NONE)
                .toCompletableFuture();
    }

    private static CompletableFuture<@Nullable Object> answered(
            Recovery<String> recovery, CompletionStage<@Nullable Object> outcome) {
        return answered(recovery, call -> true, outcome);
    }

    private static void assertFailedWith(Throwable failure, CompletableFuture<?> answer) {
        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(failure);
    }

    @Test
    void the_result_of_a_call_that_succeeds_is_its_own_also_if_it_is_none() {
        assertThat(answered(NEVER, CompletableFuture.completedFuture("result"))).isCompletedWithValue("result");
        assertThat(answered(NEVER, CompletableFuture.completedFuture(null))).isCompletedWithValue(null);
    }

    @Test
    void a_failure_that_comes_later_is_answered_when_it_comes() {
        CompletableFuture<@Nullable Object> later = new CompletableFuture<>();
        IOException failure = new IOException();
        CompletableFuture<@Nullable Object> answer = answered((call, thrown) -> List.of(call, thrown), later);

        assertThat(answer).isNotDone();
        later.completeExceptionally(failure);

        assertThat(answer).isCompletedWithValue(List.of("x", failure));
    }

    @Test
    void the_recovery_knows_the_failure_without_what_stages_put_around_it() {
        IOException failure = new IOException();

        assertThat(answered(
                        (call, thrown) -> thrown,
                        CompletableFuture.completedFuture(null)
                                .thenCompose(x -> CompletableFuture.failedFuture(failure))))
                .isCompletedWithValue(failure);
    }

    @Test
    void the_other_answer_may_be_none_or_come_later_itself() {
        CompletionStage<@Nullable Object> failed = CompletableFuture.failedFuture(new IOException());
        CompletableFuture<@Nullable Object> other = new CompletableFuture<>();

        assertThat(answered((call, failure) -> null, failed)).isCompletedWithValue(null);
        CompletableFuture<@Nullable Object> answer = answered((call, failure) -> other, failed);
        assertThat(answer).isNotDone();
        other.complete("other");
        assertThat(answer).isCompletedWithValue("other");
    }

    @Test
    void what_the_recovery_fails_with_is_the_failure_now_or_later() {
        CompletionStage<@Nullable Object> failed = CompletableFuture.failedFuture(new IOException());
        IOException none = new IOException("no answer");

        assertFailedWith(
                none,
                answered(
                        (call, failure) -> {
                            throw none;
                        },
                        failed));
        CompletionStage<@Nullable Object> noneLater = CompletableFuture.failedFuture(none);
        assertFailedWith(none, answered((call, failure) -> noneLater, failed));
    }

    @Test
    void an_other_answer_that_nobody_can_wait_for_is_a_failure() {
        IllegalStateException odd = new IllegalStateException("nobody may listen");
        CompletionStage<@Nullable Object> failed = CompletableFuture.failedFuture(new IOException());

        CompletableFuture<@Nullable Object> answer = answered((call, failure) -> new OddStage(odd), failed);
        assertThat(answer).isDone();
        assertFailedWith(odd, answer);
    }

    @Test
    void an_error_and_an_interrupt_pass_in_their_wrappers_too() {
        for (Throwable failure : List.of(
                new StackOverflowError(),
                new InterruptedException(),
                new ExecutionException(new InterruptedException()))) {
            assertFailedWith(failure, answered(NEVER, CompletableFuture.failedFuture(failure)));
        }
    }

    @Test
    void whether_a_failure_may_be_answered_is_asked_before_the_call() {
        StringBuilder order = new StringBuilder();
        IOException failure = new IOException();

        CompletableFuture<@Nullable Object> answer = new FallbackLayer<>(NEVER, call -> {
                    order.append("asked ");
                    return false;
                })
                .aroundAsync((call, deadline) -> {
                    order.append("called");
                    return CompletableFuture.failedFuture(failure);
                })
                .start("x", Deadline.NONE)
                .toCompletableFuture();

        assertThat(order).hasToString("asked called");
        assertFailedWith(failure, answer);
    }

    @Test
    void a_question_that_cannot_be_answered_fails_the_call() {
        IllegalStateException failure = new IllegalStateException();

        assertFailedWith(
                failure,
                answered(
                        NEVER,
                        call -> {
                            throw failure;
                        },
                        CompletableFuture.completedFuture("result")));
    }
}
