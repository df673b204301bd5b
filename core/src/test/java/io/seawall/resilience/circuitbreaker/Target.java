package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.Attempt;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.RejectedException;
import io.seawall.resilience.Strategy;
import java.io.IOException;
import java.time.Duration;

/** A dependency that works or fails as the test says, behind a circuit; and what came of the last call. */
final class Target {

    /** What came of a call. */
    enum Outcome {
        SUCCEEDED,
        FAILED,
        REFUSED
    }

    private final Strategy<Attempt<String>> strategy;
    int calls;

    Target(CircuitBreaker breaker) {
        strategy = new CircuitBreakerLayer<Attempt<String>>(breaker).around((call, deadline) -> {
            calls++;
            return call.make("");
        });
    }

    /** Calls through the circuit. */
    Outcome call(Attempt<String> call) {
        try {
            strategy.execute(call, Deadline.NONE);
            return Outcome.SUCCEEDED;
        } catch (CircuitOpenException refused) {
            return Outcome.REFUSED;
        } catch (AssertionError testFailed) {
            throw testFailed;
        } catch (Exception | Error failed) {
            return Outcome.FAILED;
        }
    }

    Outcome succeed() {
        return call(argument -> "result");
    }

    Outcome fail() {
        return call(argument -> {
            throw new IOException();
        });
    }

    void fail(int times) {
        for (int i = 0; i < times; i++) {
            fail();
        }
    }

    /** For how long the circuit refuses from now on. The circuit must be open. */
    static Duration wait(CircuitBreaker breaker) {
        try {
            breaker.enter();
        } catch (CircuitOpenException refused) {
            return refused.retryAfter().orElseThrow();
        }
        throw new AssertionError("the circuit is not open");
    }

    /** A refusal from further inside. */
    static final class Refused extends RejectedException {

        private static final long serialVersionUID = 1L;

        Refused(boolean attempted) {
            super("inner", "refused", attempted, null, null);
        }

        @Override
        protected String words() {
            return "refused";
        }
    }
}
