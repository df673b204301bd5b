package io.seawall.resilience.circuitbreaker;

import org.jspecify.annotations.Nullable;

/**
 * Calls go through, and each of its rules may open the circuit. Under a {@link FailureRule} alone a success costs nothing: no
 * clock, no lock, no write.
 */
final class ClosedState extends CircuitState implements Ticket {

    /** What it goes by for as long as it lasts. */
    final BreakerPolicy policy;

    private final @Nullable FailureTimes failures;
    private final @Nullable CallRates rates;

    ClosedState(CircuitBreaker breaker, BreakerPolicy policy) {
        super(breaker);
        this.policy = policy;
        failures = policy.failures() == null ? null : new FailureTimes(policy.failures(), breaker::nowNanos);
        rates = policy.rates() == null ? null : new CallRates(policy.rates(), breaker::nowNanos);
    }

    @Override
    Ticket enter() {
        return this;
    }

    @Override
    public boolean timed() {
        return rates != null && rates.timed();
    }

    @Override
    public void onSuccess(long startedAtNanos) {
        if (rates != null) {
            openIf(rates.add(startedAtNanos, false, false));
        }
    }

    @Override
    public void onFailure(long startedAtNanos, boolean cutShort) {
        if (failures != null) {
            openIf(failures.add());
        }
        if (rates != null) {
            openIf(rates.add(startedAtNanos, true, cutShort));
        }
    }

    @Override
    public void onNeutral() {}

    @Override
    long failures() {
        return Math.max(failures == null ? 0 : failures.recent(), rates == null ? 0 : rates.failed());
    }

    private void openIf(@Nullable String tooMany) {
        if (tooMany != null) {
            breaker.open(this, tooMany);
        }
    }

    @Override
    CircuitBreaker.State name() {
        return CircuitBreaker.State.CLOSED;
    }
}
