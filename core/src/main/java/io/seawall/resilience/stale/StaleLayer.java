package io.seawall.resilience.stale;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Timer;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The place of stale answers around a call. Calls are handed on as they are.
 *
 * @param <C> what is called
 */
public final class StaleLayer<C> implements Layer<C> {

    /**
     * A layer.
     *
     * @param policy how old an answer may be
     * @param answers the last ones
     * @param key what a call asks for
     * @param allowed asked after a failure whether it may be answered as things stand around the call
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @param timer watches the soft deadline
     * @param executor where a call goes on beyond it
     */
    public StaleLayer(
            StalePolicy policy,
            LastAnswers answers,
            Function<? super C, Object> key,
            Predicate<? super C> allowed,
            LongSupplier nanoTime,
            Timer timer,
            Executor executor) {}

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        return inner;
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return inner;
    }
}
