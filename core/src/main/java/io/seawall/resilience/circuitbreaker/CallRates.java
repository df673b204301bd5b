package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.circuitbreaker.CallWindow.Tally;
import io.seawall.time.DurationText;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the calls fails or is slow. Decided when a call fails or was slow, and not by others: no rate rises by a call that
 * was neither. Thread-safe.
 */
final class CallRates {

    private final RateRule rule;
    private final LongSupplier nanoTime;
    private final boolean readsClock;
    private final long slowerThanNanos;
    private final int minCalls;
    private final CallWindow window;

    CallRates(RateRule rule, LongSupplier nanoTime) {
        this.rule = rule;
        this.nanoTime = nanoTime;
        slowerThanNanos =
                rule.slowerThan() == null ? Long.MAX_VALUE : rule.slowerThan().toNanos();
        if (rule.over() instanceof Over.Calls calls) {
            minCalls = Math.min(rule.minCalls(), calls.last());
            window = new LastCallsWindow(calls.last());
            readsClock = timed();
        } else {
            minCalls = rule.minCalls();
            window = new SlicedWindow(((Over.Time) rule.over()).window(), nanoTime.getAsLong());
            readsClock = true;
        }
    }

    /** Whether it matters how long a call took. */
    boolean timed() {
        return rule.slowPercent() > 0;
    }

    /**
     * A call has ended.
     *
     * @param startedAtNanos when it began; anything if it is not {@link #timed}
     * @param failed whether it failed
     * @param cutShort whether its time limit ended it
     * @return what happened too often, or null if nothing did
     */
    @Nullable
    String add(long startedAtNanos, boolean failed, boolean cutShort) {
        long nowNanos = readsClock ? nanoTime.getAsLong() : 0;
        boolean slow = timed() && (cutShort || nowNanos - startedAtNanos > slowerThanNanos);
        window.add(nowNanos, failed, slow);
        return failed || slow ? tooMany(window.tally(nowNanos)) : null;
    }

    /** How many of the calls that it remembers have failed. */
    long failed() {
        return window.tally(nanoTime.getAsLong()).failed();
    }

    private @Nullable String tooMany(Tally tally) {
        if (tally.calls() < minCalls) {
            return null;
        }
        if (isReached(rule.failurePercent(), tally.failed(), tally.calls())) {
            return tally.failed() + " of " + tally.calls() + " calls failed";
        }
        if (rule.slowerThan() != null && isReached(rule.slowPercent(), tally.slow(), tally.calls())) {
            return tally.slow() + " of " + tally.calls() + " calls took longer than "
                    + DurationText.format(rule.slowerThan());
        }
        return null;
    }

    private static boolean isReached(int percent, long part, long all) {
        return percent > 0 && part * 100 >= percent * all;
    }
}
