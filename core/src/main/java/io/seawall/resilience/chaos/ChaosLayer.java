package io.seawall.resilience.chaos;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Sleeper;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Timer;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The place of chaos around a call. Calls are handed on as they are.
 *
 * @param <C> what is called
 */
public final class ChaosLayer<C> implements Layer<C> {

    /**
     * A layer.
     *
     * @param target who misbehaves
     * @param policy how
     * @param random the source of chance for the calling thread
     * @param sleeper how a call takes longer on the caller's thread
     * @param timer how a call takes longer without a thread
     * @param executor where a call is made after such a delay
     */
    public ChaosLayer(
            String target,
            ChaosPolicy policy,
            Supplier<? extends RandomGenerator> random,
            Sleeper sleeper,
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
