package io.seawall.resilience.circuitbreaker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One trial call is under way, all others are refused. The trial is a lease, not a lock: when it has not come back after
 * the lease, it counts as failed and the next caller gets a trial of its own, so a hung call cannot wedge the circuit. The lease
 * grows with every failed trial as the open period does: else a target that hangs would take a thread for each open period, and
 * one that is well but slow would never be given the time to show it.
 */
final class HalfOpenState extends CircuitState {

    private final long startedAtNanos;
    private final long leaseNanos;
    private final int failedTrials;

    HalfOpenState(CircuitBreaker breaker, long startedAtNanos, int failedTrials) {
        super(breaker);
        this.startedAtNanos = startedAtNanos;
        this.leaseNanos = breaker.leaseNanos(failedTrials);
        this.failedTrials = failedTrials;
    }

    @Override
    @Nullable
    CircuitState enter() {
        long leftNanos = leaseNanos - (breaker.nowNanos() - startedAtNanos);
        if (leftNanos > 0) {
            throw new CircuitOpenException(breaker.target(), Duration.ofNanos(leftNanos));
        }
        return breaker.startTrial(this, failedTrials + 1);
    }

    @Override
    void onSuccess() {
        breaker.close(this);
    }

    @Override
    void onFailure() {
        breaker.reopen(this, failedTrials + 1);
    }

    @Override
    void onNeutral() {
        breaker.giveTrialBack(this, failedTrials);
    }

    @Override
    CircuitBreaker.State name() {
        return CircuitBreaker.State.HALF_OPEN;
    }
}
