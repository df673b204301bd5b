package io.seawall.resilience.circuitbreaker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls are refused until the open period is over; the first one after it begins the trial. */
final class OpenState extends CircuitState {

    private final long openForNanos;
    private final int failedTrials;

    OpenState(CircuitBreaker breaker, long openedAtNanos, long openForNanos, int failedTrials) {
        super(breaker, openedAtNanos);
        this.openForNanos = openForNanos;
        this.failedTrials = failedTrials;
    }

    @Override
    @Nullable
    Ticket enter() {
        long leftNanos = leftNanos();
        if (leftNanos > 0) {
            throw breaker.refusal(Duration.ofNanos(leftNanos));
        }
        breaker.startTrial(this, failedTrials);
        return null;
    }

    private long leftNanos() {
        return openForNanos - (breaker.nowNanos() - sinceNanos);
    }

    @Override
    boolean isRefusing() {
        return leftNanos() > 0;
    }

    @Override
    CircuitBreaker.State name() {
        return CircuitBreaker.State.OPEN;
    }
}
