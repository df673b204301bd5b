package io.seawall.resilience.fallback;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Failures;
import io.seawall.resilience.LaterResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * As {@link FallbackStrategy}, for calls whose result comes later: the other answer is asked for on the thread on which the
 * failure came, and may come later itself.
 *
 * @param <C> what is called
 */
final class AsyncFallbackStrategy<C> implements AsyncStrategy<C> {

    private final Recovery<C> recovery;
    private final Predicate<? super C> allowed;
    private final AsyncStrategy<C> inner;

    AsyncFallbackStrategy(Recovery<C> recovery, Predicate<? super C> allowed, AsyncStrategy<C> inner) {
        this.recovery = recovery;
        this.allowed = allowed;
        this.inner = inner;
    }

    @Override
    public CompletionStage<@Nullable Object> start(C call, Deadline deadline) {
        boolean answerable;
        try {
            answerable = allowed.test(call);
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        }
        CompletionStage<@Nullable Object> stage = inner.start(call, deadline);
        if (!answerable) {
            return stage;
        }
        // A stage of our own: one that depends on another would wrap its failure.
        CompletableFuture<@Nullable Object> answer = new LaterResult<>(stage);
        stage.handle((result, failure) -> {
            if (failure == null) {
                answer.complete(result);
            } else if (!answer.isDone()) { // a caller who has gone needs no other answer
                handOn(recover(call, failure), answer);
            }
            return null;
        });
        return answer;
    }

    private static void handOn(CompletionStage<@Nullable Object> from, CompletableFuture<@Nullable Object> to) {
        try {
            from.handle((result, failure) -> {
                if (failure == null) {
                    to.complete(result);
                } else {
                    to.completeExceptionally(bare(failure));
                }
                return null;
            });
        } catch (Throwable broken) { // a stage of the application, of a class of its own
            to.completeExceptionally(broken);
        }
    }

    // The recovery is an application's: the type of its results is known to it alone.
    @SuppressWarnings("unchecked")
    private CompletionStage<@Nullable Object> recover(C call, Throwable failure) {
        if (Failures.isFinal(failure) || !(bare(failure) instanceof Exception thrown)) {
            return CompletableFuture.failedFuture(failure);
        }
        try {
            Object answer = recovery.recover(call, thrown);
            return answer instanceof CompletionStage<?> stage
                    ? (CompletionStage<@Nullable Object>) stage
                    : CompletableFuture.completedFuture(answer);
        } catch (Throwable none) {
            return CompletableFuture.failedFuture(none);
        }
    }

    /** What the call failed with: stages put their own exception around it on its way. */
    private static Throwable bare(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
