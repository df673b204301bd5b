package io.seawall.resilience;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt may change of its call, and the next attempt must find as it was: for example the parameters, which an
 * interceptor further inside may have replaced. Thread-safe; asked on the thread that makes the attempt.
 *
 * @param <C> what is called
 */
public interface CallMemory<C> {

    /**
     * Before the first attempt.
     *
     * @param call as it came
     * @return what {@link #restore} needs; null for nothing
     */
    @Nullable
    Object save(C call);

    /**
     * Before every other attempt.
     *
     * @param call as the last attempt left it
     * @param saved what {@link #save} returned for this call
     */
    void restore(C call, @Nullable Object saved);
}
