package io.seawall.resilience.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import jakarta.ejb.ApplicationException;
import jakarta.ejb.EJBException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class NeutralOutcomesTest {

    @ApplicationException
    private static final class OutOfStockException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final Circuits circuits = new Circuits();

    private static BreakerPolicy ignoring(List<Class<? extends Throwable>> ignore) {
        return new BreakerPolicy(new FailureRule(1, Circuits.SECOND), null, OpenPeriod.defaults(), 1, ignore);
    }

    /** What the first call that fails so does to a circuit that trusts no failure. */
    private State after(BreakerPolicy policy, Exception failure) {
        CircuitBreaker circuit = circuits.of(policy);
        new Target(circuit).call(argument -> {
            throw failure;
        });
        return circuit.state();
    }

    @Test
    void what_is_the_callers_fault_says_nothing_about_the_target() {
        BreakerPolicy strict = ignoring(List.of());

        assertThat(after(strict, new IllegalArgumentException())).isEqualTo(State.CLOSED);
        assertThat(after(strict, new ConstraintViolationException(Set.of()))).isEqualTo(State.CLOSED);
        assertThat(after(strict, new OutOfStockException())).isEqualTo(State.CLOSED);
        assertThat(after(strict, new NotFoundException())).isEqualTo(State.CLOSED);
        assertThat(after(strict, new EJBException(new IllegalArgumentException())))
                .isEqualTo(State.CLOSED);
        assertThat(after(strict, new ServiceUnavailableException())).isEqualTo(State.OPEN);
        assertThat(after(strict, new RuntimeException(new IllegalArgumentException())))
                .as("the cause of anything else")
                .isEqualTo(State.OPEN);
    }

    @Test
    void what_the_policy_ignores_says_nothing_with_its_subclasses_and_in_its_wrappers() {
        BreakerPolicy policy = ignoring(List.of(IllegalStateException.class, FileNotFoundException.class));

        assertThat(after(policy, new IllegalStateException())).isEqualTo(State.CLOSED);
        assertThat(after(policy, new FileNotFoundException())).isEqualTo(State.CLOSED);
        assertThat(after(policy, new CompletionException(new FileNotFoundException())))
                .isEqualTo(State.CLOSED);
        assertThat(after(ignoring(List.of(IOException.class)), new FileNotFoundException()))
                .isEqualTo(State.CLOSED);
        assertThat(after(policy, new IOException())).isEqualTo(State.OPEN);
        assertThat(after(policy, new UncheckedIOException(new FileNotFoundException())))
                .isEqualTo(State.OPEN);
    }

    @Test
    void a_trial_whose_outcome_is_ignored_leaves_the_trial_to_the_next_caller() {
        CircuitBreaker circuit = circuits.of(ignoring(List.of(IOException.class)));
        Target target = new Target(circuit);
        circuits.openUntilTrial(circuit);

        target.fail(3);
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        target.succeed();

        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }
}
