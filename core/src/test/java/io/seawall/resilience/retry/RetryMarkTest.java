package io.seawall.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.seawall.metrics.Counter;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.FakeClock;
import jakarta.ejb.EJBException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryMarkTest {

    private int attempts;
    private boolean allowed = true;

    private RetryLayer<String> layer(int maxRetries) {
        return layer(maxRetries, null, List.of());
    }

    private RetryLayer<String> layer(
            int maxRetries, @Nullable RetryBudget budget, List<Class<? extends Throwable>> abortOn) {
        return new RetryLayer<>(
                "payments",
                new RetryPolicy(maxRetries, Backoff.defaults(), List.of(), abortOn, null),
                budget,
                new Counter(),
                new RetrySurroundings(
                        nanos -> {},
                        () -> new SplittableRandom(1),
                        new HandTimer(),
                        Runnable::run,
                        InstantSource.system(),
                        List.of()),
                call -> allowed,
                new Forgetful());
    }

    private Strategy<String> failing(Exception failure) {
        return (call, deadline) -> {
            attempts++;
            throw failure;
        };
    }

    /** A failed call through an outer layer with 4 retries and an inner one, with a wrapper between them. */
    private Throwable nested(RetryLayer<String> inner, Exception failure, UnaryOperator<Exception> wrapper) {
        Strategy<String> guarded = inner.around(failing(failure));
        Strategy<String> between = (call, deadline) -> {
            try {
                return guarded.execute(call, deadline);
            } catch (Exception thrown) {
                throw wrapper.apply(thrown);
            }
        };
        return catchThrowable(() -> layer(4).around(between).execute("x", Deadline.NONE));
    }

    @Test
    void what_an_inner_layer_gave_up_on_is_not_retried_again() {
        IOException failure = new IOException();

        assertThat(nested(layer(2), failure, UnaryOperator.identity())).isSameAs(failure);

        assertThat(attempts).isEqualTo(3);
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0]).hasMessage("gave up on 'payments' after 3 attempts");
        assertThat(failure.getSuppressed()[0].getStackTrace()).isEmpty();
    }

    @Test
    void the_mark_is_seen_through_whatever_is_wrapped_around_the_failure() {
        for (UnaryOperator<Exception> wrapper : List.<UnaryOperator<Exception>>of(
                EJBException::new,
                CompletionException::new,
                IllegalStateException::new,
                failure -> new RuntimeException(new IllegalStateException(failure)))) {
            attempts = 0;

            nested(layer(2), new IOException(), wrapper);

            assertThat(attempts).isEqualTo(3);
        }
    }

    @Test
    void whoever_takes_a_failure_out_of_its_wrappers_keeps_the_mark() {
        IOException failure = new IOException();

        nested(layer(2), new CompletionException(failure), wrapped -> (Exception) wrapped.getCause());

        assertThat(attempts).isEqualTo(3);
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void giving_up_for_the_budget_is_giving_up() {
        RetryBudget used = new RetryBudget("payments", new BudgetPolicy(1, 0), new FakeClock(), exhausted -> {});

        nested(layer(2, used, List.of()), new IOException(), UnaryOperator.identity());

        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void giving_up_for_the_deadline_is_giving_up() {
        IOException failure = new IOException();
        Deadline over = Deadline.in(Duration.ZERO, new FakeClock());

        assertThatThrownBy(() -> layer(2).around(failing(failure)).execute("x", over))
                .isSameAs(failure);
        assertThatThrownBy(() -> layer(2).around(failing(failure)).execute("x", Deadline.NONE))
                .isSameAs(failure);

        assertThat(attempts).isEqualTo(2);
    }

    @Test
    void a_layer_without_retries_has_not_given_up() {
        nested(layer(0), new IOException(), UnaryOperator.identity());

        assertThat(attempts).isEqualTo(5);
    }

    @Test
    void a_kind_that_the_inner_layer_does_not_retry_is_still_the_outer_ones() {
        nested(layer(2, null, List.of(IOException.class)), new IOException(), UnaryOperator.identity());

        assertThat(attempts).isEqualTo(5);
    }

    @Test
    void what_the_surroundings_forbid_is_not_marked_since_who_is_outside_of_them_may_retry() {
        IOException failure = new IOException();
        allowed = false;

        assertThatThrownBy(() -> layer(2).around(failing(failure)).execute("x", Deadline.NONE))
                .isSameAs(failure);

        assertThat(attempts).isEqualTo(1);
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    void an_exception_that_is_thrown_again_and_again_keeps_its_retries_and_gathers_no_marks() {
        IOException constant = new IOException();
        Strategy<String> strategy = layer(2).around(failing(constant));

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> strategy.execute("x", Deadline.NONE)).isSameAs(constant);
        }

        assertThat(attempts).isEqualTo(30);
        assertThat(constant.getSuppressed()).hasSize(1);
    }

    private static final class Unmarkable extends Exception {

        private static final long serialVersionUID = 1L;

        Unmarkable() {
            super("unmarkable", null, false, false);
        }
    }

    @Test
    void a_failure_that_cannot_be_marked_is_retried_by_every_layer() {
        nested(layer(2), new Unmarkable(), UnaryOperator.identity());

        assertThat(attempts).isEqualTo(3 * 5);
    }

    @Test
    void whoever_reads_a_marked_failure_elsewhere_needs_no_class_of_ours() throws Exception {
        IOException failure = new IOException();
        nested(layer(2), failure, UnaryOperator.identity());

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Throwable read = ((IOException) in.readObject()).getSuppressed()[0];
            assertThat(read).isExactlyInstanceOf(Exception.class).hasMessage("gave up on 'payments' after 3 attempts");
        }
        assertThat(bytes.toString("ISO-8859-1")).doesNotContain("seawall.resilience.retry.RetriesExhausted");
    }
}
