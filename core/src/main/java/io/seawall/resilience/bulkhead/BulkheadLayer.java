package io.seawall.resilience.bulkhead;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Timer;
import java.util.concurrent.Executor;

/**
 * Calls only with a permit of the bulkhead, and waits for it no longer than policy and deadline allow.
 *
 * @param <C> what is called
 */
public final class BulkheadLayer<C> implements Layer<C> {

    private final Bulkhead bulkhead;
    private final Timer timer;
    private final Executor executor;

    /**
     * A layer.
     *
     * @param bulkhead of the target
     * @param timer ends a wait that takes no thread
     * @param executor where a call is made after such a wait
     */
    public BulkheadLayer(Bulkhead bulkhead, Timer timer, Executor executor) {
        this.bulkhead = bulkhead;
        this.timer = timer;
        this.executor = executor;
    }

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        return new BulkheadStrategy<>(bulkhead, inner);
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return new AsyncBulkheadStrategy<>(bulkhead, timer, executor, inner);
    }
}
