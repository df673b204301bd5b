package io.seawall.resilience.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.resilience.circuitbreaker.Target.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManualStatesTest {

    private final Circuits circuits = new Circuits();
    private final CircuitBreaker circuit = circuits.of(BreakerPolicy.defaults());
    private final Target target = new Target(circuit);

    @Test
    void one_opened_by_hand_refuses_for_as_long_as_nobody_resets_it() {
        circuit.forceOpen();
        circuits.clock.advance(Duration.ofDays(1));

        assertThatExceptionOfType(CircuitOpenException.class)
                .isThrownBy(circuit::enter)
                .withMessage("circuit 'payments' is open: by hand, until it is reset")
                .satisfies(refused -> assertThat(refused.retryAfter()).isEmpty());
        assertThat(circuit.state()).isEqualTo(State.FORCED_OPEN);
        circuit.reset();
        assertThat(target.succeed()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(circuits.changes).containsExactly(State.FORCED_OPEN, State.CLOSED);
        assertThat(circuits.words)
                .containsExactly(
                        "circuit 'payments' is opened by hand: calls are refused until it is reset",
                        "circuit 'payments' is reset by hand: it is closed");
    }

    @Test
    void one_that_is_disabled_lets_everything_through_whatever_fails() {
        circuit.disable();

        target.fail(100);

        assertThat(target.calls).isEqualTo(100);
        assertThat(circuit.state()).isEqualTo(State.DISABLED);
        assertThat(circuits.words)
                .containsExactly("circuit 'payments' is disabled by hand: it does not open until it is reset");
    }

    @Test
    void a_reset_forgets_all_counts() {
        target.fail(4);

        circuit.reset();

        target.fail(4);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        target.fail();
        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_reset_closes_one_that_is_open_and_the_open_period_begins_small_again() {
        target.fail(5);
        circuits.clock.advance(Target.wait(circuit));
        target.fail();
        assertThat(Target.wait(circuit)).isGreaterThan(Duration.ofSeconds(50));

        circuit.reset();

        target.fail(5);
        assertThat(Target.wait(circuit)).isLessThan(Duration.ofSeconds(34));
    }

    @Test
    void what_was_under_way_says_nothing_to_a_state_set_by_hand() {
        for (Runnable byHand : new Runnable[] {circuit::forceOpen, circuit::disable}) {
            circuit.reset();
            Ticket before = circuit.enter();
            byHand.run();
            State state = circuit.state();

            for (int i = 0; i < 10; i++) {
                before.onFailure(0, false);
            }
            before.onSuccess(0);

            assertThat(circuit.state()).isEqualTo(state);
        }
    }

    @Test
    void a_probe_that_was_under_way_cannot_close_what_somebody_opened() {
        circuit.apply(Circuits.probes(1));
        circuits.openUntilTrial(circuit);
        Ticket probe = circuit.enter();

        circuit.forceOpen();
        probe.onSuccess(0);

        assertThat(circuit.state()).isEqualTo(State.FORCED_OPEN);
    }

    @Test
    void another_policy_holds_at_once_in_a_closed_circuit_and_counts_begin_again() {
        target.fail(4);

        circuit.apply(Circuits.policy(new FailureRule(2, Duration.ofMinutes(1)), null, 1));

        assertThat(circuit.policy().failures()).isEqualTo(new FailureRule(2, Duration.ofMinutes(1)));
        target.fail();
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        target.fail();
        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void the_same_policy_again_changes_nothing() {
        target.fail(4);

        circuit.apply(BreakerPolicy.defaults());
        target.fail();

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void another_policy_leaves_an_open_circuit_open_and_holds_from_its_next_change_on() {
        target.fail(5);
        Duration wait = Target.wait(circuit);

        circuit.apply(Circuits.policy(new FailureRule(1, Duration.ofSeconds(1)), null, 2));

        assertThat(Target.wait(circuit)).isEqualTo(wait);
        circuits.clock.advance(wait);
        target.succeed();
        assertThat(circuit.state()).as("one of two probes").isEqualTo(State.HALF_OPEN);
        target.succeed();
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        target.fail();
        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(Target.wait(circuit)).isGreaterThan(Duration.ofSeconds(50));
    }

    /** A circuit that closes looks at its policy, then at the clock, and is closed after that: here, the policy changes in between. */
    @Test
    void another_policy_holds_also_when_it_comes_while_the_circuit_closes() {
        RateRule never = new RateRule(100, 0, null, 1_000, new Over.Time(Circuits.MINUTE));
        BreakerPolicy one = Circuits.policy(new FailureRule(1, Circuits.SECOND), never, 1);
        BreakerPolicy two = Circuits.policy(new FailureRule(2, Circuits.SECOND), never, 1);
        AtomicReference<@Nullable CircuitBreaker> closing = new AtomicReference<>();
        CircuitBreaker its = circuits.of(one, () -> {
            CircuitBreaker changing = closing.get();
            if (changing != null && changing.state() == State.HALF_OPEN) {
                changing.apply(changing.policy().equals(one) ? two : one);
            }
            return circuits.clock.getAsLong();
        });
        circuits.openUntilTrial(its);
        Ticket probe = its.enter();
        closing.set(its);

        probe.onSuccess(0);

        assertThat(its.state()).isEqualTo(State.CLOSED);
        its.enter().onFailure(0, false);
        assertThat(its.state()).isEqualTo(its.policy().equals(one) ? State.OPEN : State.CLOSED);
    }
}
