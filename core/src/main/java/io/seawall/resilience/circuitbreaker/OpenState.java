package io.seawall.resilience.circuitbreaker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls are refused until the open period is over; the first one after it becomes the trial call. */
final class OpenState extends CircuitState {

    private final long openedAtNanos;
    private final long openForNanos;
    private final int failedTrials;

    OpenState(CircuitBreaker breaker, long openedAtNanos, long openForNanos, int failedTrials) {
        super(breaker);
        this.openedAtNanos = openedAtNanos;
        this.openForNanos = openForNanos;
        this.failedTrials = failedTrials;
    }

    @Override
    @Nullable
    CircuitState enter() {
        long leftNanos = openForNanos - (breaker.nowNanos() - openedAtNanos);
        if (leftNanos > 0) {
            throw new CircuitOpenException(breaker.target(), Duration.ofNanos(leftNanos));
        }
        return breaker.startTrial(this, failedTrials);
    }

    /** Nothing is let through in this state, so nothing reports to it. */
    @Override
    void onSuccess() {
        throw new AssertionError("no call runs in an open circuit");
    }

    @Override
    void onFailure() {
        throw new AssertionError("no call runs in an open circuit");
    }

    @Override
    void onNeutral() {
        throw new AssertionError("no call runs in an open circuit");
    }

    @Override
    CircuitBreaker.State name() {
        return CircuitBreaker.State.OPEN;
    }
}
