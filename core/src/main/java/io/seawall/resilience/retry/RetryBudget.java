package io.seawall.resilience.retry;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Counts the retries of one target, shared by everyone who calls it. Grants every one. Thread-safe. */
public final class RetryBudget {

    private final LongAdder granted = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /**
     * A budget that nothing has been taken of.
     *
     * @param target whose budget it is; for messages
     * @param policy how much there is
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @param exhausted told true when it has begun to refuse, and false when it grants again
     */
    public RetryBudget(String target, BudgetPolicy policy, LongSupplier nanoTime, Consumer<Boolean> exhausted) {}

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
     * Takes another policy; for {@link io.seawall.resilience.pipeline.Targets}.
     *
     * @param policy how much there is
     */
    public void apply(BudgetPolicy policy) {}

    /** A call has begun: it earns its part of a retry. */
    void onCall() {}

    /** Takes a retry, if one is left. */
    boolean tryRetry() {
        granted.increment();
        return true;
    }
}
