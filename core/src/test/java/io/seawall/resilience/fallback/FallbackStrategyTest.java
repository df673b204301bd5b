package io.seawall.resilience.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.RejectedException;
import io.seawall.resilience.Strategy;
import jakarta.ejb.EJBException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FallbackStrategyTest {

    private static final class Rejected extends RejectedException {

        private static final long serialVersionUID = 1L;

        Rejected(boolean attempted) {
            super("target", "rejected", attempted, null, null);
        }
    }

    private static final Recovery<String> NEVER = (call, failure) -> {
        throw new AssertionError("no other answer is wanted");
    };

    private static Strategy<String> failing(Exception failure) {
        return call -> {
            throw failure;
        };
    }

    @Test
    void the_answer_of_a_call_that_succeeds_is_its_own_also_if_it_is_none() throws Exception {
        assertThat(new FallbackStrategy<>(NEVER, call -> call).execute("x")).isEqualTo("x");
        assertThat(new FallbackStrategy<>(NEVER, call -> null).execute("x")).isNull();
    }

    @Test
    void a_failure_is_answered_by_the_recovery_which_knows_call_and_failure() throws Exception {
        for (Exception failure :
                List.of(new IOException(), new IllegalStateException(), new Rejected(true), new Rejected(false))) {
            Recovery<String> recovery = (call, thrown) -> List.of(call, thrown);

            assertThat(new FallbackStrategy<>(recovery, failing(failure)).execute("x"))
                    .isEqualTo(List.of("x", failure));
        }
    }

    @Test
    void the_other_answer_may_be_none() throws Exception {
        assertThat(new FallbackStrategy<String>((call, failure) -> null, failing(new IOException())).execute("x"))
                .isNull();
    }

    @Test
    void what_the_recovery_throws_is_thrown() {
        IllegalStateException none = new IllegalStateException("no answer");

        assertThatThrownBy(() -> new FallbackStrategy<String>(
                                (call, failure) -> {
                                    throw none;
                                },
                                failing(new IOException()))
                        .execute("x"))
                .isSameAs(none);
    }

    @Test
    void an_error_and_an_interrupt_pass() {
        InterruptedException interrupt = new InterruptedException();
        StackOverflowError error = new StackOverflowError();

        assertThatThrownBy(() -> new FallbackStrategy<>(NEVER, failing(interrupt)).execute("x"))
                .isSameAs(interrupt);
        assertThatThrownBy(() -> new FallbackStrategy<>(NEVER, call -> {
                            throw error;
                        })
                        .execute("x"))
                .isSameAs(error);
    }

    @Test
    void an_error_and_an_interrupt_pass_in_their_wrappers_too() {
        for (Exception wrapped : List.of(
                new ExecutionException(new StackOverflowError()), new EJBException(new InterruptedException()))) {
            assertThatThrownBy(() -> new FallbackStrategy<>(NEVER, failing(wrapped)).execute("x"))
                    .isSameAs(wrapped);
        }
    }
}
