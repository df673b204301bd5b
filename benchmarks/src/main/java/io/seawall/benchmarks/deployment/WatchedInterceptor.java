package io.seawall.benchmarks.deployment;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Does nothing. */
@Watched
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class WatchedInterceptor {

    /** For the container. */
    public WatchedInterceptor() {}

    /**
     * Proceeds.
     *
     * @param call the call
     * @return what it returned
     * @throws Exception what it threw
     */
    @AroundInvoke
    @Nullable
    Object pass(InvocationContext call) throws Exception {
        return call.proceed();
    }
}
