package io.seawall.resilience;

import org.jspecify.annotations.Nullable;

/**
 * One attempt at a call: the innermost part of a pipeline, for example {@code InvocationContext::proceed} or
 * {@code Callable::call}. Thread-safe.
 *
 * @param <C> what is called
 */
@FunctionalInterface
public interface Attempt<C> {

    /**
     * Makes the call.
     *
     * @param call what is called
     * @return what it returned; for a call whose result comes later, a {@link java.util.concurrent.CompletionStage}
     * @throws Exception what it threw
     */
    @Nullable
    Object make(C call) throws Exception;
}
