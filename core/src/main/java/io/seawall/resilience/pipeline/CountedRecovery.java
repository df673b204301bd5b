package io.seawall.resilience.pipeline;

import io.seawall.metrics.Counter;
import io.seawall.resilience.fallback.Recovery;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Counts the other answers that were given. One that fails itself is none.
 *
 * @param <C> what is called
 */
record CountedRecovery<C>(Recovery<C> recovery, Counter given) implements Recovery<C> {

    @Override
    public @Nullable Object recover(C call, Exception failure) throws Exception {
        Object answer = recovery.recover(call, failure);
        if (answer instanceof CompletionStage<?> stage) {
            countLater(stage);
        } else {
            given.increment();
        }
        return answer;
    }

    private void countLater(CompletionStage<?> stage) {
        try {
            stage.handle((result, none) -> {
                if (none == null) {
                    given.increment();
                }
                return null;
            });
        } catch (
                RuntimeException
                        odd) { // a stage of the application, of a class of its own: what becomes of it is not ours
            given.increment();
        }
    }
}
