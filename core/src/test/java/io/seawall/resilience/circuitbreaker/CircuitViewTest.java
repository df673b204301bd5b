package io.seawall.resilience.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitViewTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Circuits circuits = new Circuits();

    @Test
    void it_tells_the_failures_that_still_count_and_how_long_the_circuit_is_where_it_is() {
        CircuitBreaker circuit = circuits.of(Circuits.policy(new FailureRule(3, MINUTE), null, 1));
        assertThat(circuit.view()).isEqualTo(new CircuitView(State.CLOSED, "3 failures within 1m", 0, Duration.ZERO));

        circuit.enter().onFailure(0, false);
        circuits.clock.advance(Duration.ofSeconds(59));
        circuit.enter().onFailure(0, false);
        assertThat(circuit.view())
                .isEqualTo(new CircuitView(State.CLOSED, "3 failures within 1m", 2, Duration.ofSeconds(59)));

        circuits.clock.advance(Duration.ofSeconds(1));
        assertThat(circuit.view().failures())
                .as("the first is as old as the time")
                .isEqualTo(1);

        circuit.enter().onFailure(0, false);
        circuit.enter().onFailure(0, false);
        circuits.clock.advance(Duration.ofSeconds(7));
        assertThat(circuit.view())
                .isEqualTo(new CircuitView(State.OPEN, "3 failures within 1m", 0, Duration.ofSeconds(7)));

        circuit.forceOpen();
        circuits.clock.advance(Duration.ofSeconds(5));
        assertThat(circuit.view().state()).isEqualTo(State.FORCED_OPEN);
        assertThat(circuit.view().forTime()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void it_counts_failures_of_a_rate_too() {
        CircuitBreaker circuit = circuits.of(Circuits.rates(new RateRule(50, 0, null, 10, new Over.Calls(20))));

        circuit.enter().onFailure(0, false);
        circuit.enter().onSuccess(0);

        assertThat(circuit.view().failures()).isEqualTo(1);
    }

    @Test
    void rules_are_told_in_words() {
        RateRule both = new RateRule(50, 80, Duration.ofSeconds(2), 10, new Over.Time(MINUTE));
        assertThat(both.words()).isEqualTo("50 % fail or 80 % take longer than 2s of 10 calls or more within 1m");
        assertThat(new RateRule(50, 0, null, 10, new Over.Calls(20)).words())
                .isEqualTo("50 % fail of 10 calls or more among the last 20");
        assertThat(new BreakerPolicy(new FailureRule(1, MINUTE), both, OpenPeriod.defaults(), 1, List.of()).words())
                .isEqualTo("1 failure within 1m, or " + both.words());
    }
}
