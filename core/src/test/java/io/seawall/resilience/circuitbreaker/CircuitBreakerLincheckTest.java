package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do to a circuit at the same time looks as if they had done it one after the other. It begins half-open, with
 * two probes to give; time stands still.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
public class CircuitBreakerLincheckTest {

    private static final Logger LOG = Logger.getLogger(CircuitBreaker.class.getName());

    private final CircuitBreaker circuit;

    /** What each thread holds; it gives it back as often as it likes. */
    private final @Nullable Ticket[] tickets = new Ticket[8];

    public CircuitBreakerLincheckTest() {
        AtomicLong nanos = new AtomicLong();
        BreakerPolicy policy = new BreakerPolicy(
                new FailureRule(2, Duration.ofHours(1)),
                null,
                OpenPeriod.startingAt(Duration.ofMinutes(1)),
                2,
                List.of());
        circuit = new CircuitBreaker("payments", policy, nanos::get, () -> () -> 0, (from, to, words) -> {});
        circuit.enter().onFailure(0, false);
        circuit.enter().onFailure(0, false);
        nanos.set(Duration.ofMinutes(10).toNanos());
        circuit.enter().onNeutral();
    }

    @Operation
    public boolean enter(@Param(name = "thread") int thread) {
        try {
            tickets[thread] = circuit.enter();
            return true;
        } catch (CircuitOpenException refused) {
            return false;
        }
    }

    @Operation
    public void succeed(@Param(name = "thread") int thread) {
        Ticket ticket = tickets[thread];
        if (ticket != null) {
            ticket.onSuccess(0);
        }
    }

    @Operation
    public void fail(@Param(name = "thread") int thread) {
        Ticket ticket = tickets[thread];
        if (ticket != null) {
            ticket.onFailure(0, false);
        }
    }

    @Operation
    public void sayNothing(@Param(name = "thread") int thread) {
        Ticket ticket = tickets[thread];
        if (ticket != null) {
            ticket.onNeutral();
        }
    }

    @Operation
    public void forceOpen() {
        circuit.forceOpen();
    }

    @Operation
    public void reset() {
        circuit.reset();
    }

    @Operation
    public State state() {
        return circuit.state();
    }

    @BeforeAll
    static void logNothing() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        LOG.setLevel(null);
    }

    @Test
    void a_model_checker_finds_no_order_of_steps_that_is_not_an_order_of_calls() {
        new ModelCheckingOptions()
                .iterations(12)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .check(CircuitBreakerLincheckTest.class);
    }

    @Test
    void real_threads_find_none_either() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(500)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .check(CircuitBreakerLincheckTest.class);
    }
}
