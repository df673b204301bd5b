package io.seawall.resilience.fallback;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import java.util.function.Predicate;

/**
 * Gives another answer when the call fails.
 *
 * @param <C> what is called
 */
public final class FallbackLayer<C> implements Layer<C> {

    private final Recovery<C> recovery;
    private final Predicate<? super C> allowed;

    /**
     * A layer.
     *
     * @param recovery the other answer
     * @param allowed asked on the calling thread whether a failed call may be answered as things stand around it: after the
     *     failure, or before the call where its result comes later
     */
    public FallbackLayer(Recovery<C> recovery, Predicate<? super C> allowed) {
        this.recovery = recovery;
        this.allowed = allowed;
    }

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        return new FallbackStrategy<>(recovery, allowed, inner);
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return new AsyncFallbackStrategy<>(recovery, allowed, inner);
    }
}
