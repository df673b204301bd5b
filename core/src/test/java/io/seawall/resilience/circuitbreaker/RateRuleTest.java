package io.seawall.resilience.circuitbreaker;

import static io.seawall.resilience.circuitbreaker.Circuits.MINUTE;
import static io.seawall.resilience.circuitbreaker.Circuits.NANO;
import static io.seawall.resilience.circuitbreaker.Circuits.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateRuleTest {

    private static final Over LAST_MINUTE = new Over.Time(MINUTE);

    private final Circuits circuits = new Circuits();

    private CircuitBreaker of(RateRule rule) {
        return circuits.of(Circuits.rates(rule));
    }

    private static void succeed(CircuitBreaker circuit, int times) {
        for (int i = 0; i < times; i++) {
            Ticket ticket = circuit.enter();
            ticket.onSuccess(circuit.startNanos(ticket));
        }
    }

    private static void fail(CircuitBreaker circuit, int times) {
        for (int i = 0; i < times; i++) {
            Ticket ticket = circuit.enter();
            ticket.onFailure(circuit.startNanos(ticket), false);
        }
    }

    /** Succeeds after a time. */
    private void take(CircuitBreaker circuit, Duration time) {
        Ticket ticket = circuit.enter();
        long startedAtNanos = circuit.startNanos(ticket);
        circuits.clock.advance(time);
        ticket.onSuccess(startedAtNanos);
    }

    @Test
    void it_opens_when_the_part_is_reached() {
        CircuitBreaker circuit = of(new RateRule(50, 0, null, 4, LAST_MINUTE));

        succeed(circuit, 10);
        fail(circuit, 9);
        assertThat(circuit.state()).as("9 of 19").isEqualTo(State.CLOSED);
        fail(circuit, 1);

        assertThat(circuit.state()).as("10 of 20").isEqualTo(State.OPEN);
        assertThat(circuits.words.get(0))
                .startsWith("circuit 'payments' is open after 10 of 20 calls failed: calls are refused for ");
    }

    @Test
    void too_few_calls_decide_nothing() {
        CircuitBreaker circuit = of(new RateRule(1, 0, null, 20, LAST_MINUTE));

        fail(circuit, 19);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        fail(circuit, 1);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_success_never_opens_it_but_counts_among_the_calls() {
        CircuitBreaker circuit = of(new RateRule(50, 0, null, 20, LAST_MINUTE));

        fail(circuit, 15);
        succeed(circuit, 5);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        fail(circuit, 1);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_neutral_call_is_not_counted() {
        CircuitBreaker circuit = of(new RateRule(50, 0, null, 2, LAST_MINUTE));

        fail(circuit, 1);
        for (int i = 0; i < 10; i++) {
            circuit.enter().onNeutral();
        }
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        fail(circuit, 1);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void failures_as_old_as_the_window_are_out() {
        CircuitBreaker circuit = of(new RateRule(50, 0, null, 2, LAST_MINUTE));
        fail(circuit, 1);
        circuits.clock.advance(MINUTE);

        fail(circuit, 1);

        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void failures_of_the_last_15_16_of_the_window_are_in() {
        CircuitBreaker circuit = of(new RateRule(50, 0, null, 2, LAST_MINUTE));
        circuits.clock.advance(Duration.ofMillis(100));
        fail(circuit, 1);
        circuits.clock.advance(MINUTE.multipliedBy(15).dividedBy(16));

        fail(circuit, 1);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void it_opens_when_too_many_are_slow_and_exactly_as_long_is_not_slow() {
        CircuitBreaker circuit = of(new RateRule(0, 60, SECOND, 5, LAST_MINUTE));

        take(circuit, SECOND);
        take(circuit, SECOND);
        take(circuit, SECOND.plus(NANO));
        take(circuit, SECOND.plus(NANO));
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        take(circuit, SECOND.plus(NANO));

        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(circuits.words.get(0)).contains("is open after 3 of 5 calls took longer than 1s:");
    }

    @Test
    void a_call_cut_short_by_its_limit_is_slow_and_has_failed() {
        CircuitBreaker bySlowness = of(new RateRule(0, 100, SECOND, 1, LAST_MINUTE));
        CircuitBreaker byFailure = of(new RateRule(100, 0, null, 1, LAST_MINUTE));

        for (CircuitBreaker circuit : new CircuitBreaker[] {bySlowness, byFailure}) {
            new Target(circuit).call(argument -> {
                throw new Target.Refused(true);
            });
            assertThat(circuit.state()).isEqualTo(State.OPEN);
        }
    }

    @Test
    void a_quick_failure_is_not_slow_and_one_that_takes_long_is() {
        CircuitBreaker circuit = of(new RateRule(0, 50, SECOND, 1, LAST_MINUTE));
        Target target = new Target(circuit);

        target.fail(5);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        for (int i = 0; i < 5; i++) {
            target.call(argument -> {
                circuits.clock.advance(SECOND.plus(NANO));
                throw new IllegalStateException();
            });
        }

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void each_of_several_rules_opens_it_by_itself() {
        BreakerPolicy both =
                Circuits.policy(new FailureRule(3, SECOND), new RateRule(50, 50, SECOND, 4, LAST_MINUTE), 1);
        CircuitBreaker byCount = circuits.of(both);
        succeed(byCount, 100);
        fail(byCount, 3);
        assertThat(byCount.state()).isEqualTo(State.OPEN);

        CircuitBreaker byRate = circuits.of(both);
        succeed(byRate, 2);
        for (int i = 0; i < 2; i++) {
            assertThat(byRate.state()).isEqualTo(State.CLOSED);
            fail(byRate, 1);
            circuits.clock.advance(SECOND);
        }
        assertThat(byRate.state()).isEqualTo(State.OPEN);

        CircuitBreaker bySlowness = circuits.of(both);
        succeed(bySlowness, 2);
        take(bySlowness, SECOND.plus(NANO));
        take(bySlowness, SECOND.plus(NANO));
        assertThat(bySlowness.state()).isEqualTo(State.OPEN);
    }

    @Test
    void over_the_last_calls_it_decides_when_there_are_enough_however_long_they_are_ago() {
        CircuitBreaker circuit = of(new RateRule(50, 0, null, 4, new Over.Calls(10)));

        fail(circuit, 3);
        circuits.clock.advance(Duration.ofDays(1));
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        fail(circuit, 1);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void over_fewer_calls_than_the_least_it_decides_when_all_places_are_taken() {
        CircuitBreaker circuit = of(new RateRule(50, 0, null, 1_000, new Over.Calls(4)));

        fail(circuit, 3);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        fail(circuit, 1);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_call_takes_the_place_of_the_oldest() {
        CircuitBreaker circuit = of(new RateRule(50, 0, null, 1, new Over.Calls(4)));
        succeed(circuit, 4);
        fail(circuit, 1);
        succeed(circuit, 3);

        fail(circuit, 1);
        assertThat(circuit.state()).as("1 of the last 4").isEqualTo(State.CLOSED);
        fail(circuit, 1);

        assertThat(circuit.state()).as("2 of the last 4").isEqualTo(State.OPEN);
    }

    /** A call costs what its rules ask for. */
    @Test
    void the_clock_is_read_for_rules_with_a_time_only() {
        assertThat(readsOfASuccess(BreakerPolicy.defaults())).isZero();
        assertThat(readsOfASuccess(Circuits.rates(new RateRule(50, 0, null, 1, new Over.Calls(4)))))
                .isZero();
        assertThat(readsOfASuccess(Circuits.rates(new RateRule(50, 0, null, 1, LAST_MINUTE))))
                .isEqualTo(1);
        assertThat(readsOfASuccess(Circuits.rates(new RateRule(50, 50, SECOND, 1, LAST_MINUTE))))
                .isEqualTo(2);
        assertThat(readsOfASuccess(Circuits.rates(new RateRule(0, 50, SECOND, 1, new Over.Calls(4)))))
                .isEqualTo(2);
    }

    private static int readsOfASuccess(BreakerPolicy policy) {
        AtomicInteger reads = new AtomicInteger();
        CircuitBreaker circuit = new CircuitBreaker(
                "payments",
                policy,
                () -> reads.incrementAndGet(),
                () -> new SplittableRandom(1),
                (from, to, words) -> {});
        reads.set(0);
        new Target(circuit).succeed();
        return reads.get();
    }
}
