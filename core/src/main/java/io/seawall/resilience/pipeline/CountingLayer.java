package io.seawall.resilience.pipeline;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.LaterResult;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Counts how calls end, outside of everything else, and that they begin, where no budget does. A success is not counted: it is
 * what has begun and has not ended otherwise.
 */
final class CountingLayer<C> implements Layer<C> {

    private final String target;
    private final TargetCounts counts;
    private final boolean countsCalls;

    CountingLayer(String target, TargetCounts counts, boolean countsCalls) {
        this.target = target;
        this.counts = counts;
        this.countsCalls = countsCalls;
    }

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        return (call, deadline) -> {
            begin();
            try {
                return inner.execute(call, deadline);
            } catch (Throwable failure) {
                count(failure);
                throw failure;
            }
        };
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return (call, deadline) -> {
            begin();
            CompletionStage<@Nullable Object> stage = inner.start(call, deadline);
            if (!hasSucceeded(stage)) {
                stage.handle((result, failure) -> {
                    if (failure != null) {
                        count(failure);
                    }
                    return null;
                });
            }
            return stage;
        };
    }

    /** Saves what hangs on the stage. Only that of a call that was refused cannot be asked: it is of a class of the JDK's own. */
    private static boolean hasSucceeded(CompletionStage<?> stage) {
        return (stage.getClass() == CompletableFuture.class || stage.getClass() == LaterResult.class)
                && ((CompletableFuture<?>) stage).isDone()
                && !((CompletableFuture<?>) stage).isCompletedExceptionally();
    }

    private void begin() {
        if (countsCalls) {
            counts.unbudgeted.increment();
        }
    }

    private void count(Throwable failure) {
        counts.ended(Outcome.of(failure, target)).increment();
    }
}
