package io.seawall.resilience.retry;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts the retries of one target, shared by everyone who calls it, and refuses those beyond its policy. Thread-safe.
 *
 * <p>At every instant, over the last 10 s and over the last 1 s alike: {@code retries ≤ percent/100 · calls + 10 · perSecond}.
 * Never more; what the coarseness of the counting costs is given up on the side of fewer retries: calls that may be older than
 * the window do not count, at most 250 ms and 256 of them for each processor or so. A target with few calls lives on
 * {@code perSecond}.
 *
 * <p>A call that succeeds adds to one counter and reads no clock. All judgement is left to those that have failed.
 */
public final class RetryBudget {

    private static final long WINDOW_NANOS = 10_000_000_000L;

    /** Without it, what a target has saved in 10 s could be spent in one moment, over and over. */
    private static final long BURST_NANOS = 1_000_000_000L;

    private static final long WINDOW_SECONDS = WINDOW_NANOS / 1_000_000_000L;

    /** Every so many calls of one stripe, one of them notes the time. */
    private static final long NOTED = 256;

    private final CallCount calls = new CallCount();
    private final ReentrantLock lock = new ReentrantLock();
    private final BudgetWindow window;
    private final LongSupplier nanoTime;
    private final long originNanos;
    private final Consumer<Boolean> exhausted;
    private final LongAdder granted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile BudgetPolicy policy;

    /** Guarded by the lock, as is the instant of the last refusal. */
    private boolean refusing;

    private long lastRefusalNanos;

    /**
     * A budget that nothing has been taken of.
     *
     * @param target whose budget it is; for messages
     * @param policy how much there is
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @param exhausted told true when it has begun to refuse, and false at the first grant 10 s or more after the last
     *     refusal; on the thread that asked, short, throws nothing
     */
    public RetryBudget(String target, BudgetPolicy policy, LongSupplier nanoTime, Consumer<Boolean> exhausted) {
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.originNanos = nanoTime.getAsLong();
        this.exhausted = exhausted;
        this.window = new BudgetWindow(WINDOW_NANOS);
    }

    /**
     * How many calls have begun, whether they were retried or not.
     *
     * @return a count since it was made
     */
    public long calls() {
        return calls.sum();
    }

    /**
     * How many retries it has granted.
     *
     * @return a count since it was made
     */
    public long granted() {
        return granted.sum();
    }

    /**
     * How many retries it has refused.
     *
     * @return a count since it was made
     */
    public long refused() {
        return refused.sum();
    }

    /**
     * Takes another policy, for the calls and retries of the last 10 s too; for
     * {@link io.seawall.resilience.pipeline.Targets}.
     *
     * @param policy how much there is
     */
    public void apply(BudgetPolicy policy) {
        this.policy = policy;
    }

    /** A call has begun: it earns its part of a retry. */
    void onCall() {
        long before = calls.increment();
        if (before % NOTED == NOTED - 1 && lock.tryLock()) {
            try {
                long nowNanos = nowNanos();
                window.note(nowNanos, calls.sum());
            } finally {
                lock.unlock();
            }
        }
    }

    /** Takes a retry, if one is left. */
    boolean tryRetry() {
        boolean grants;
        boolean changed;
        lock.lock();
        try {
            long nowNanos = nowNanos();
            long sum = calls.sum();
            window.note(nowNanos, sum);
            grants = leavesOne(nowNanos, sum);
            changed = grants ? onGrant(nowNanos) : onRefusal(nowNanos);
        } finally {
            lock.unlock();
        }
        (grants ? granted : refused).increment();
        if (changed) {
            exhausted.accept(!grants);
        }
        return grants;
    }

    /**
     * Read under the lock, so instants never go back; and before the calls are counted, so none from before this instant is
     * missed and counted as a later one.
     */
    private long nowNanos() {
        return nanoTime.getAsLong() - originNanos;
    }

    private boolean leavesOne(long nowNanos, long sum) {
        BudgetPolicy current = policy;
        return leavesOne(current, sum, nowNanos, WINDOW_NANOS) && leavesOne(current, sum, nowNanos, BURST_NANOS);
    }

    /** In hundredths of a retry, so that nothing is rounded. */
    private boolean leavesOne(BudgetPolicy current, long sum, long nowNanos, long lengthNanos) {
        long earned = current.percent() * window.certainCalls(nowNanos, lengthNanos, sum)
                + 100 * WINDOW_SECONDS * current.perSecond();
        return 100 * (window.possibleRetries(nowNanos, lengthNanos) + 1) <= earned;
    }

    private boolean onGrant(long nowNanos) {
        window.onRetry(nowNanos);
        boolean changed = refusing && nowNanos - lastRefusalNanos >= WINDOW_NANOS;
        refusing &= !changed;
        return changed;
    }

    private boolean onRefusal(long nowNanos) {
        boolean changed = !refusing;
        refusing = true;
        lastRefusalNanos = nowNanos;
        return changed;
    }
}
