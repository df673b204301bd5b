package io.seawall.resilience.pipeline;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A pipeline for calls that are written where they are made. Thread-safe. */
public final class Guard {

    private final Pipeline<Callable<?>> pipeline;

    /**
     * Guards by a pipeline.
     *
     * @param pipeline around {@code Callable::call}
     */
    public Guard(Pipeline<Callable<?>> pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Makes a call.
     *
     * @param call made once, several times or not at all, on the calling thread
     * @param <T> what it returns
     * @return what the call returned, or what stands in for it
     * @throws Exception what the call threw, or a {@link io.seawall.resilience.RejectedException}
     */
    // What stands in for the result is of its type, null included, or the pipeline is wrong.
    @SuppressWarnings({"unchecked", "NullAway"})
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        return (T) pipeline.execute(call);
    }

    /**
     * Starts a call whose result comes later.
     *
     * @param call made once, several times or not at all; the first time on the calling thread
     * @param <T> what it comes to
     * @return completes with what the call came to, or with what stands in for it
     */
    // As above; and what the stage is of is known to the call alone.
    @SuppressWarnings("unchecked")
    public <T extends @Nullable Object> CompletionStage<T> start(Callable<? extends CompletionStage<T>> call) {
        return (CompletionStage<T>) pipeline.start(call);
    }
}
