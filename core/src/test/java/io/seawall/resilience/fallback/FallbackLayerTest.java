package io.seawall.resilience.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.RejectedException;
import io.seawall.resilience.Strategy;
import jakarta.ejb.EJBException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FallbackLayerTest {

    private static final class Rejected extends RejectedException {

        private static final long serialVersionUID = 1L;

        Rejected(boolean attempted) {
            super("target", "rejected", attempted, null, null);
        }

        @Override
        protected String words() {
            return "rejected";
        }
    }

    private static final Recovery<String> NEVER = (call, failure) -> {
        throw new AssertionError("no other answer is wanted");
    };

    private static Strategy<String> failing(Exception failure) {
        return (call, deadline) -> {
            throw failure;
        };
    }

    private static Strategy<String> answered(Recovery<String> recovery, Strategy<String> inner) {
        return new FallbackLayer<>(recovery, call -> true).around(inner);
    }

    @Test
    void the_answer_of_a_call_that_succeeds_is_its_own_also_if_it_is_none() throws Exception {
        assertThat(answered(NEVER, (call, deadline) -> call).execute("x", Deadline.NONE))
                .isEqualTo("x");
        assertThat(answered(NEVER, (call, deadline) -> null).execute("x", Deadline.NONE))
                .isNull();
    }

    @Test
    void a_failure_is_answered_by_the_recovery_which_knows_call_and_failure() throws Exception {
        for (Exception failure :
                List.of(new IOException(), new IllegalStateException(), new Rejected(true), new Rejected(false))) {
            Recovery<String> recovery = (call, thrown) -> List.of(call, thrown);

            assertThat(answered(recovery, failing(failure)).execute("x", Deadline.NONE))
                    .isEqualTo(List.of("x", failure));
        }
    }

    @Test
    void the_other_answer_may_be_none() throws Exception {
        assertThat(answered((call, failure) -> null, failing(new IOException())).execute("x", Deadline.NONE))
                .isNull();
    }

    @Test
    void what_the_recovery_throws_is_thrown() {
        IllegalStateException none = new IllegalStateException("no answer");

        assertThatThrownBy(() -> answered(
                                (call, failure) -> {
                                    throw none;
                                },
                                failing(new IOException()))
                        .execute("x", Deadline.NONE))
                .isSameAs(none);
    }

    @Test
    void an_error_and_an_interrupt_pass() {
        InterruptedException interrupt = new InterruptedException();
        StackOverflowError error = new StackOverflowError();

        assertThatThrownBy(() -> answered(NEVER, failing(interrupt)).execute("x", Deadline.NONE))
                .isSameAs(interrupt);
        assertThatThrownBy(() -> answered(NEVER, (call, deadline) -> {
                            throw error;
                        })
                        .execute("x", Deadline.NONE))
                .isSameAs(error);
    }

    @Test
    void an_error_and_an_interrupt_pass_in_their_wrappers_too() {
        for (Exception wrapped : List.of(
                new ExecutionException(new StackOverflowError()), new EJBException(new InterruptedException()))) {
            assertThatThrownBy(() -> answered(NEVER, failing(wrapped)).execute("x", Deadline.NONE))
                    .isSameAs(wrapped);
        }
    }

    @Test
    void a_failure_that_may_not_be_answered_is_thrown() {
        IOException failure = new IOException();

        assertThatThrownBy(() -> new FallbackLayer<>(NEVER, call -> !call.equals("x"))
                        .around(failing(failure))
                        .execute("x", Deadline.NONE))
                .isSameAs(failure);
    }
}
