package io.seawall.resilience.pipeline;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import java.util.List;

/** One pipeline as it is now: what its calls run through, and the settings that it was made of. Immutable. */
final class Chain<C> {

    /** Outermost, for calls that return their result. */
    final Strategy<C> sync;

    /** Outermost, for calls whose result comes later. */
    final AsyncStrategy<C> async;

    final SharedPolicies policies;

    private Chain(Strategy<C> sync, AsyncStrategy<C> async, SharedPolicies policies) {
        this.sync = sync;
        this.async = async;
        this.policies = policies;
    }

    /**
     * Folds the layers, the last one first.
     *
     * @param layers the outermost first
     */
    static <C> Chain<C> of(List<Layer<C>> layers, Innermost<C> call, SharedPolicies policies) {
        Strategy<C> sync = call::execute;
        AsyncStrategy<C> async = call::start;
        for (int i = layers.size() - 1; i >= 0; i--) {
            sync = layers.get(i).around(sync);
            async = layers.get(i).aroundAsync(async);
        }
        return new Chain<>(sync, async, policies);
    }
}
