package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.RejectedException;
import java.time.Duration;

/** The call was not made: its target has just failed several times and gets time to recover. */
public final class CircuitOpenException extends RejectedException {

    private static final long serialVersionUID = 1L;

    CircuitOpenException(String target, Duration retryAfter) {
        super(
                target,
                "circuit '" + target + "' is open: next trial call in " + retryAfter.toMillis() + " ms",
                false,
                retryAfter,
                null);
    }
}
