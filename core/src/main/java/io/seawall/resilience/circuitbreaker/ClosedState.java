package io.seawall.resilience.circuitbreaker;

import org.jspecify.annotations.Nullable;

/**
 * Calls go through. A success costs nothing: no clock, no lock, no write. The instants of the last {@code failures}
 * failures are kept, so the rule "n failures in T" is exact: it holds when the oldest of n is younger than T.
 */
final class ClosedState extends CircuitState {

    /** A ring of the last failures; {@code next} is where the oldest is, once {@code seen} has filled it. */
    private final long[] failedAtNanos;

    private final @Nullable FailureRule rule;
    private int next;
    private int seen;

    ClosedState(CircuitBreaker breaker) {
        super(breaker);
        rule = breaker.policy().failures();
        failedAtNanos = new long[rule == null ? 0 : rule.failures()];
    }

    @Override
    CircuitState enter() {
        return this;
    }

    @Override
    void onSuccess() {}

    @Override
    void onNeutral() {}

    @Override
    void onFailure() {
        if (rule != null && tooMany(rule)) {
            breaker.open(this, rule);
        }
    }

    /** A short plain lock, taken by failures only. The clock is read under it, so the ring is in order. */
    private synchronized boolean tooMany(FailureRule broken) {
        long nowNanos = breaker.nowNanos();
        failedAtNanos[next] = nowNanos;
        next = (next + 1) % failedAtNanos.length;
        seen = Math.min(seen + 1, failedAtNanos.length);
        long oldest = failedAtNanos[next];
        return seen == failedAtNanos.length
                && nowNanos - oldest < broken.within().toNanos();
    }

    @Override
    CircuitBreaker.State name() {
        return CircuitBreaker.State.CLOSED;
    }
}
