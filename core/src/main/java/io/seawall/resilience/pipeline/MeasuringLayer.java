package io.seawall.resilience.pipeline;

import io.seawall.metrics.SampledDurations;
import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long attempts take, with their limit, their wait for a place and their transaction. Inside of the circuit, so that
 * what was refused is not taken for a quick answer, and of the retries, whose waits are none of the target's.
 */
final class MeasuringLayer<C> implements Layer<C> {

    private final String target;
    private final SampledDurations durations;

    MeasuringLayer(String target, SampledDurations durations) {
        this.target = target;
        this.durations = durations;
    }

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        return (call, deadline) -> {
            long begun = durations.begin();
            return begun == SampledDurations.NOT_MEASURED
                    ? inner.execute(call, deadline)
                    : measured(begun, inner, call, deadline);
        };
    }

    private @Nullable Object measured(long begun, Strategy<C> inner, C call, Deadline deadline) throws Exception {
        Throwable failure = null;
        try {
            return inner.execute(call, deadline);
        } catch (Throwable thrown) {
            failure = thrown;
            throw thrown;
        } finally {
            ended(begun, failure);
        }
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return (call, deadline) -> {
            long begun = durations.begin();
            return begun == SampledDurations.NOT_MEASURED
                    ? inner.start(call, deadline)
                    : measuredAsync(begun, inner, call, deadline);
        };
    }

    private CompletionStage<@Nullable Object> measuredAsync(
            long begun, AsyncStrategy<C> inner, C call, Deadline deadline) {
        CompletionStage<@Nullable Object> stage;
        try {
            stage = inner.start(call, deadline);
        } catch (Throwable notEvenBegun) { // an Error alone: whatever else goes wrong is in the stage
            durations.drop(begun);
            throw notEvenBegun;
        }
        stage.handle((result, failure) -> {
            ended(begun, failure);
            return null;
        });
        return stage;
    }

    /** What found no place in the bulkhead was no attempt at anything. */
    private void ended(long begun, @Nullable Throwable failure) {
        if (failure != null && Outcome.of(failure, target) == Outcome.BULKHEAD_FULL) {
            durations.drop(begun);
        } else {
            durations.end(begun);
        }
    }
}
