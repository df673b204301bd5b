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
     * Answers for the call.
     *
     * @param call what was called
     * @param failure what it threw
     * @return the answer of the call
     * @throws Exception if there is none
     */
    @Nullable
    Object recover(C call, Exception failure) throws Exception;
}
