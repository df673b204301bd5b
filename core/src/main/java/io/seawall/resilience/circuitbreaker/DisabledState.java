package io.seawall.resilience.circuitbreaker;

/** Somebody has put the circuit out of action by hand: calls go through, and their outcomes go nowhere. */
final class DisabledState extends CircuitState implements Ticket {

    DisabledState(CircuitBreaker breaker) {
        super(breaker);
    }

    @Override
    Ticket enter() {
        return this;
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public void onSuccess(long startedAtNanos) {}

    @Override
    public void onFailure(long startedAtNanos, boolean cutShort) {}

    @Override
    public void onNeutral() {}

    @Override
    CircuitBreaker.State name() {
        return CircuitBreaker.State.DISABLED;
    }
}
