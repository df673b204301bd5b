package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.test.Policies;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private static final BreakerPolicy OTHER = Policies.failures(3, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Targets targets = new Targets();

    @Test
    void everyone_who_names_a_target_shares_its_circuit() {
        CircuitBreaker breaker = targets.breaker("payments", BreakerPolicy.defaults());

        assertThat(targets.breaker("payments", BreakerPolicy.defaults())).isSameAs(breaker);
        assertThat(targets.breaker("payments")).containsSame(breaker);
        assertThat(breaker.target()).isEqualTo("payments");
        assertThat(breaker.policy()).isEqualTo(BreakerPolicy.defaults());
    }

    @Test
    void targets_of_different_names_have_circuits_of_their_own() {
        assertThat(targets.breaker("payments", BreakerPolicy.defaults()))
                .isNotSameAs(targets.breaker("mail", BreakerPolicy.defaults()));
        assertThat(targets.breaker("mail", BreakerPolicy.defaults()))
                .isNotSameAs(new Targets().breaker("mail", BreakerPolicy.defaults()));
    }

    @Test
    void a_target_that_nobody_guards_has_no_circuit() {
        assertThat(targets.breaker("payments")).isEmpty();
    }

    @Test
    void two_rules_for_one_circuit_are_refused() {
        CircuitBreaker breaker = targets.breaker("payments", BreakerPolicy.defaults());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> targets.breaker("payments", OTHER))
                .withMessage("target 'payments' has one circuit and two rules for it: " + BreakerPolicy.defaults()
                        + " and " + OTHER + "; give both places the same, or another target");
        assertThat(targets.breaker("payments")).containsSame(breaker);
    }
}
