package io.seawall.resilience.fallback;

import org.jspecify.annotations.Nullable;

/**
 * Another answer for a call that has failed. Thread-safe.
 *
 * @param <C> what was called
 */
@FunctionalInterface
public interface Recovery<C> {

    /**
     * Answers for the call: on the caller's thread, or on the one on which the failure came where its result comes later.
     *
     * @param call what was called
     * @param failure what it threw, or what its result came to
     * @return the answer of the call; where its result comes later, this or a {@link java.util.concurrent.CompletionStage} of it
     * @throws Exception if there is none
     */
    @Nullable
    Object recover(C call, Exception failure) throws Exception;
}
