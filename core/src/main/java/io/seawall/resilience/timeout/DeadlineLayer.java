package io.seawall.resilience.timeout;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import io.seawall.time.DurationRange;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Sets the deadline of a call when it begins. It watches over nothing itself: the layers inside ask the deadline what it
 * leaves.
 *
 * @param <C> what is called
 */
public final class DeadlineLayer<C> implements Layer<C> {

    private static final DurationRange TOTALS = new DurationRange(Duration.ofMillis(1), Duration.ofHours(1));

    private final Duration total;
    private final LongSupplier nanoTime;

    /**
     * A deadline for each call.
     *
     * @param total how long a caller waits in all, 1 ms to 1 h in whole milliseconds
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}; read once a call
     * @throws IllegalArgumentException if the total is out of its range
     */
    public DeadlineLayer(Duration total, LongSupplier nanoTime) {
        this.total = requireTotal(total);
        this.nanoTime = nanoTime;
    }

    /**
     * Checks a total.
     *
     * @param total how long a caller waits in all
     * @return the total
     * @throws IllegalArgumentException if it is not 1 ms to 1 h in whole milliseconds
     */
    public static Duration requireTotal(Duration total) {
        return TOTALS.require("deadline", total);
    }

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        return (call, outer) -> inner.execute(call, Deadline.in(total, nanoTime));
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return (call, outer) -> inner.start(call, Deadline.in(total, nanoTime));
    }
}
