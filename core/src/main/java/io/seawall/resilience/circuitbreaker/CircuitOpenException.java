package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.RejectedException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The call was not made: its target has just failed, or been slow, too often and gets time to recover, or somebody has opened its
 * circuit by hand.
 */
public final class CircuitOpenException extends RejectedException {

    private static final long serialVersionUID = 1L;

    CircuitOpenException(String target, @Nullable Duration retryAfter) {
        super(target, "circuit-open", false, retryAfter, null);
    }

    @Override
    protected String words() {
        Optional<Duration> next = retryAfter();
        return "circuit '" + target() + "' is open: "
                + (next.isPresent()
                        ? "next trial call in " + next.get().toMillis() + " ms"
                        : "by hand, until it is reset");
    }
}
