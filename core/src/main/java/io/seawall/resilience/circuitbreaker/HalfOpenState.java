package io.seawall.resilience.circuitbreaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trial: a few calls, the probes, are let through, all others are refused. If all of them succeed the circuit closes, and the
 * first that fails opens it again; so does, where the policy has a rule on slow calls, a part of slow ones that breaks it.
 *
 * <p>A probe is a lease, not a lock: one that has not come back after the lease counts as failed and says nothing any more, and the
 * next caller begins another trial, so a hung call cannot wedge the circuit. The lease grows with every failed trial as
 * the open period does: else a target that hangs would take a thread for each open period, and one that is well but slow
 * would never be given the time to show it.
 *
 * <p>A short plain lock is taken by calls in this state only; nothing is logged and nobody is told under it.
 */
final class HalfOpenState extends CircuitState {

    /** A call that is under way. */
    private final class Probe implements Ticket {
        final long startedAtNanos;

        Probe(long startedAtNanos) {
            this.startedAtNanos = startedAtNanos;
        }

        @Override
        public boolean timed() {
            return false; // it knows by itself
        }

        @Override
        public void onSuccess(long ignored) {
            judge(this, false);
        }

        @Override
        public void onFailure(long ignored, boolean cutShort) {
            judge(this, true);
        }

        @Override
        public void onNeutral() {
            giveBack(this);
        }
    }

    private enum Verdict {
        NONE,
        PASSED,
        FAILED
    }

    private final int probes;
    private final @Nullable RateRule rates;
    private final long leaseNanos;
    private final int failedTrials;

    /** The oldest first. */
    private final List<Probe> underWay = new ArrayList<>(1);

    private int ended;
    private int slow;
    private Verdict verdict = Verdict.NONE;

    HalfOpenState(CircuitBreaker breaker, BreakerPolicy policy, int failedTrials) {
        super(breaker);
        this.probes = policy.probes();
        this.rates = policy.rates();
        this.leaseNanos = breaker.leaseNanos(failedTrials);
        this.failedTrials = failedTrials;
    }

    @Override
    @Nullable
    Ticket enter() {
        Probe probe = tryStart();
        if (probe == null) {
            moveOn();
        }
        return probe;
    }

    /**
     * A probe for the caller; null if the trial is over. Asks once more whether the circuit is still here: else a probe that is given
     * back after the circuit was opened by hand would let a caller through who came before that.
     */
    private synchronized @Nullable Probe tryStart() {
        if (verdict != Verdict.NONE || !breaker.isIn(this)) {
            return null;
        }
        long nowNanos = breaker.nowNanos();
        long leftNanos = underWay.isEmpty() ? leaseNanos : leftNanos(underWay.get(0), nowNanos);
        if (leftNanos <= 0) {
            return null;
        }
        if (ended + underWay.size() == probes) {
            throw breaker.refusal(Duration.ofNanos(leftNanos));
        }
        Probe probe = new Probe(nowNanos);
        underWay.add(probe);
        return probe;
    }

    private long leftNanos(Probe probe, long nowNanos) {
        return leaseNanos - (nowNanos - probe.startedAtNanos);
    }

    private void judge(Probe probe, boolean failed) {
        if (decides(probe, failed)) {
            moveOn();
        }
    }

    private synchronized boolean decides(Probe probe, boolean failed) {
        long tookNanos = breaker.nowNanos() - probe.startedAtNanos;
        if (verdict != Verdict.NONE || tookNanos >= leaseNanos || !underWay.remove(probe)) {
            return false;
        }
        ended++;
        if (isSlow(tookNanos)) {
            slow++;
        }
        if (failed || isTooSlow()) {
            verdict = Verdict.FAILED;
        } else if (ended == probes) {
            verdict = Verdict.PASSED;
        }
        return verdict != Verdict.NONE;
    }

    private boolean isSlow(long tookNanos) {
        return rates != null
                && rates.slowerThan() != null
                && tookNanos > rates.slowerThan().toNanos();
    }

    /** Whether the rule on slow calls holds, however fast the probes are that have not come back. */
    private boolean isTooSlow() {
        return rates != null && slow > 0 && slow * 100 >= rates.slowPercent() * probes;
    }

    private synchronized void giveBack(Probe probe) {
        if (leftNanos(probe, breaker.nowNanos()) > 0) {
            underWay.remove(probe);
        }
    }

    /** Ends the trial. Whoever finds it over does so: several may, and one wins. */
    private void moveOn() {
        switch (verdict()) {
            case PASSED -> breaker.close(this);
            case FAILED -> breaker.reopen(this, failedTrials + 1);
            case NONE -> breaker.startTrial(this, failedTrials + 1); // the lease of a probe is over
        }
    }

    private synchronized Verdict verdict() {
        return verdict;
    }

    @Override
    CircuitBreaker.State name() {
        return CircuitBreaker.State.HALF_OPEN;
    }
}
