package io.seawall.resilience.circuitbreaker;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The last n calls, in a ring. Each takes the place of the call n before it, and its sums change by the difference; so they are
 * exact whenever nobody is adding. Lock-free, but all callers share the one counter of places: of all rules, this one costs the
 * more, the more threads call.
 */
final class LastCallsWindow implements CallWindow {

    private static final int FAILED = 1;
    private static final int SLOW = 2;

    private final AtomicLong ended = new AtomicLong();
    private final AtomicIntegerArray outcomes;
    private final LongAdder failures = new LongAdder();
    private final LongAdder slowCalls = new LongAdder();

    LastCallsWindow(int last) {
        outcomes = new AtomicIntegerArray(last);
    }

    @Override
    public void add(long nowNanos, boolean failed, boolean slow) {
        int place = (int) (ended.getAndIncrement() % outcomes.length());
        int outcome = (failed ? FAILED : 0) | (slow ? SLOW : 0);
        int before = outcomes.getAndSet(place, outcome);
        // Most calls of most targets are like the ones before them: then nothing is written.
        if (((before ^ outcome) & FAILED) != 0) {
            failures.add(failed ? 1 : -1);
        }
        if (((before ^ outcome) & SLOW) != 0) {
            slowCalls.add(slow ? 1 : -1);
        }
    }

    @Override
    public Tally tally(long nowNanos) {
        long slow = slowCalls.sum();
        long failed = failures.sum();
        return new Tally(Math.min(ended.get(), outcomes.length()), failed, slow);
    }
}
