package io.seawall.resilience.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.test.FakeClock;
import io.seawall.test.Policies;
import jakarta.ejb.EJBException;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CircuitBreakerLayerTest {

    private final CircuitBreaker breaker = new CircuitBreaker(
            "payments",
            Policies.failures(2, Duration.ofSeconds(1), Duration.ofSeconds(1)),
            new FakeClock(),
            () -> new SplittableRandom(1),
            (from, to, words) -> {});
    private final Target target = new Target(breaker);

    @BeforeEach
    void startWithOneFailure() {
        target.fail();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    private void assertThatAnotherFailureOpens() {
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        target.fail();
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_result_is_handed_on_as_it_is() throws Exception {
        Object result = new Object();

        assertThat(new CircuitBreakerLayer<Object>(breaker)
                        .around((call, deadline) -> call)
                        .execute(result, Deadline.NONE))
                .isSameAs(result);
        assertThat(new CircuitBreakerLayer<Object>(breaker)
                        .around((call, deadline) -> null)
                        .execute(result, Deadline.NONE))
                .isNull();
        assertThatAnotherFailureOpens();
    }

    @Test
    void a_failure_is_handed_on_as_it_is_also_when_it_opens_the_circuit() {
        IOException failure = new IOException();

        assertThatThrownBy(() -> new CircuitBreakerLayer<String>(breaker)
                        .around((call, deadline) -> {
                            throw failure;
                        })
                        .execute("x", Deadline.NONE))
                .isSameAs(failure);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void an_error_is_a_failure() {
        target.call(argument -> {
            throw new StackOverflowError();
        });

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_call_that_was_ended_by_its_time_limit_is_a_failure() {
        target.call(argument -> {
            throw new Target.Refused(true);
        });

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void an_interrupt_is_neither_failure_nor_success() {
        for (int i = 0; i < 10; i++) {
            target.call(argument -> {
                throw new InterruptedException();
            });
        }
        assertThatAnotherFailureOpens();
    }

    @Test
    void a_refusal_further_inside_is_neither_failure_nor_success() {
        for (int i = 0; i < 10; i++) {
            target.call(argument -> {
                throw new Target.Refused(false);
            });
        }
        assertThatAnotherFailureOpens();
    }

    @Test
    void neither_is_a_failure_in_its_wrapper() {
        for (int i = 0; i < 10; i++) {
            target.call(argument -> {
                throw new EJBException(new InterruptedException());
            });
            target.call(argument -> {
                throw new EJBException(new Target.Refused(false));
            });
        }
        assertThatAnotherFailureOpens();
    }
}
