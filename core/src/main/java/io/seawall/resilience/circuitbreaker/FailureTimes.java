package io.seawall.resilience.circuitbreaker;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The instants of the last {@code failures} failures, so "n failures in T" is exact: it holds when the oldest of n is younger
 * than T. Successes do not come here.
 */
final class FailureTimes {

    private final FailureRule rule;
    private final LongSupplier nanoTime;

    /** A ring; {@code next} is where the oldest is, once {@code seen} has filled it. */
    private final long[] failedAtNanos;

    private int next;
    private int seen;

    FailureTimes(FailureRule rule, LongSupplier nanoTime) {
        this.rule = rule;
        this.nanoTime = nanoTime;
        failedAtNanos = new long[rule.failures()];
    }

    /**
     * One more.
     *
     * @return what happened too often, or null if it did not
     */
    @Nullable
    String add() {
        return tooMany() ? rule.words() : null;
    }

    /** How many of those that it remembers are young enough to count. */
    synchronized int recent() {
        long nowNanos = nanoTime.getAsLong();
        int recent = 0;
        for (int back = 1; back <= seen; back++) {
            int at = Math.floorMod(next - back, failedAtNanos.length);
            if (nowNanos - failedAtNanos[at] < rule.within().toNanos()) {
                recent++;
            }
        }
        return recent;
    }

    /** A short plain lock, taken by failures only. The clock is read under it, so the ring is in order. */
    private synchronized boolean tooMany() {
        long nowNanos = nanoTime.getAsLong();
        failedAtNanos[next] = nowNanos;
        next = (next + 1) % failedAtNanos.length;
        seen = Math.min(seen + 1, failedAtNanos.length);
        long oldest = failedAtNanos[next];
        return seen == failedAtNanos.length && nowNanos - oldest < rule.within().toNanos();
    }
}
