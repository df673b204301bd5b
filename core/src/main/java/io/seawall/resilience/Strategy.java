package io.seawall.resilience;

import org.jspecify.annotations.Nullable;

/**
 * One layer around a call: runs what it wraps once, several times or not at all, and answers for it.
 *
 * <p>Implementations are thread-safe, run on the caller's thread, and keep nothing of a call after it.
 *
 * @param <C> what is called
 */
@FunctionalInterface
public interface Strategy<C> {

    /**
     * Carries out the call.
     *
     * @param call what is called; handed inwards as it is
     * @param deadline what is left of the caller's patience
     * @return what the call returned, or what stands in for it
     * @throws Exception what the call threw, or a {@link RejectedException}
     */
    @Nullable
    Object execute(C call, Deadline deadline) throws Exception;
}
