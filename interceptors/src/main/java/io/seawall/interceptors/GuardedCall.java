package io.seawall.interceptors;

import io.seawall.resilience.pipeline.Pipeline;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** How the calls of one method run through its pipeline; decided at deployment. Thread-safe. */
@FunctionalInterface
interface GuardedCall {

    /**
     * Makes a call.
     *
     * @return what the method is to return
     * @throws Exception what it is to throw
     */
    @Nullable
    Object run(InvocationContext call) throws Exception;

    static GuardedCall of(MethodResult result, String target, Pipeline<InvocationContext> pipeline) {
        return result.comesLater() ? call -> start(pipeline, new LaterCall(target, call)) : pipeline::execute;
    }

    /** A method that returns a {@code CompletableFuture} must be given one; who wants less is content with it. */
    @SuppressWarnings("FutureReturnValueIgnored") // the container returns it to whom it is for
    private static Object start(Pipeline<InvocationContext> pipeline, LaterCall call) {
        return pipeline.start(call).toCompletableFuture();
    }
}
