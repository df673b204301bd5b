package io.seawall.resilience.timeout;

import io.seawall.metrics.Counter;
import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Timer;
import io.seawall.time.DurationRange;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends an attempt after a limit, or when the deadline of its caller is over, whichever is first. A call that returns its result is ended by
 * an interrupt of its thread, which is the caller's, and where that is not allowed it ends by itself and is too late then; one whose
 * result comes later has failed for its caller, and what it comes to is dropped.
 *
 * @param <C> what is called
 */
public final class AttemptTimeoutLayer<C> implements Layer<C> {

    private static final DurationRange LIMITS = new DurationRange(Duration.ofMillis(1), Duration.ofHours(1));

    private final String target;
    private final @Nullable Duration limit;
    private final boolean interrupt;
    private final Timer timer;
    private final LongSupplier nanoTime;
    private final Executor executor;
    private final Counter late;

    /**
     * A limit.
     *
     * @param target whom the call is for; for messages
     * @param limit how long one attempt may take, 1 ms to 1 h in whole milliseconds; null for none
     * @param interrupt whether the thread of an attempt that takes too long may be interrupted
     * @param timer who watches the time
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @param executor where a caller hears that his result comes too late
     * @param late counts the attempts that it has ended
     * @throws IllegalArgumentException if the limit is out of its range
     */
    public AttemptTimeoutLayer(
            String target,
            @Nullable Duration limit,
            boolean interrupt,
            Timer timer,
            LongSupplier nanoTime,
            Executor executor,
            Counter late) {
        this.target = target;
        this.limit = limit == null ? null : requireLimit(limit);
        this.interrupt = interrupt;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.executor = executor;
        this.late = late;
    }

    /**
     * Checks a limit.
     *
     * @param limit how long one attempt may take
     * @return the limit
     * @throws IllegalArgumentException if it is not 1 ms to 1 h in whole milliseconds
     */
    public static Duration requireLimit(Duration limit) {
        return LIMITS.require("timeout", limit);
    }

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        return new AttemptTimeoutStrategy<>(target, limit, interrupt, timer, nanoTime, late, inner);
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return new AsyncAttemptTimeout<>(target, limit, timer, executor, late, inner);
    }
}
