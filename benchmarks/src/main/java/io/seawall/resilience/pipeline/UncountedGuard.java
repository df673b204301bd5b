package io.seawall.resilience.pipeline;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.Layer;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Guard} whose calls are neither counted nor measured, but by the budget, which needs to: so that what that costs can be
 * measured in one run, and a pipeline itself needs no switch. Of its package, for the layers are.
 */
public final class UncountedGuard {

    private volatile Chain<?>[] chains;

    /**
     * Guards by a pipeline, without some of its layers.
     *
     * @param targets where to take budget and circuit from
     * @param target whose they are
     * @param parts of the pipeline, without a bulkhead
     */
    public UncountedGuard(Targets targets, String target, Pipeline.Builder<Callable<?>> parts) {
        parts.build();
        Target built = targets.find(target).orElseThrow();
        Shared shared = new Shared(built.breaker().orElse(null), built.budget().orElse(null), null, null);
        List<Layer<Callable<?>>> uncounted = parts.layers(shared, built.counts()).stream()
                .filter(layer -> !(layer instanceof CountingLayer || layer instanceof MeasuringLayer))
                .toList();
        this.chains = new Chain<?>[] {Chain.of(uncounted, new Innermost<>(target, Callable::call), parts.policies())};
    }

    /**
     * Makes a call, as {@link Guard#call} does.
     *
     * @param call what is called
     * @param <T> what it returns
     * @return its answer
     * @throws Exception what it threw
     */
    // As there.
    @SuppressWarnings({"unchecked", "NullAway"})
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        Chain<Callable<?>> chain = (Chain<Callable<?>>) chains[0];
        return (T) chain.sync.execute(call, Deadline.NONE);
    }
}
