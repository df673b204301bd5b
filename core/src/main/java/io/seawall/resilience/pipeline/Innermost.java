package io.seawall.resilience.pipeline;

import io.seawall.resilience.Attempt;
import io.seawall.resilience.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes the call itself, of either kind. */
final class Innermost<C> {

    private final String target;
    private final Attempt<C> attempt;

    Innermost(String target, Attempt<C> attempt) {
        this.target = target;
        this.attempt = attempt;
    }

    @Nullable
    Object execute(C call, Deadline deadline) throws Exception {
        return attempt.make(call);
    }

    /** What the call throws is what it comes to: whoever is outside hears of one kind of failure only. */
    // The attempt is an application's: the type of its results is known to it alone.
    @SuppressWarnings("unchecked")
    CompletionStage<@Nullable Object> start(C call, Deadline deadline) {
        try {
            Object result = attempt.make(call);
            if (result instanceof CompletionStage<?> stage) {
                return ours((CompletionStage<@Nullable Object>) stage);
            }
            return CompletableFuture.failedFuture(new IllegalStateException("a call to '" + target
                    + "' whose result was to come later has returned "
                    + (result == null ? "null" : result.getClass().getName()) + " instead of a CompletionStage"));
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /**
     * A stage that is known to tell of its end once, and to take whoever wants to hear of it: permits and the ends of calls hang
     * on that. A class of somebody else need not.
     */
    private static CompletionStage<@Nullable Object> ours(CompletionStage<@Nullable Object> stage) {
        if (stage.getClass() == CompletableFuture.class) {
            return stage;
        }
        CompletableFuture<@Nullable Object> ours = new CompletableFuture<>();
        var unused = stage.handle(
                (result, failure) -> failure == null ? ours.complete(result) : ours.completeExceptionally(failure));
        return ours;
    }
}
