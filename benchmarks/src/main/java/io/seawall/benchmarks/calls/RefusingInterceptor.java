package io.seawall.benchmarks.calls;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Throws an exception that was made beforehand: the rest is the container's. */
@Refused
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class RefusingInterceptor {

    private static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refusal() {
            super("refused", null, false, false);
        }
    }

    private final Refusal refusal = new Refusal();

    /** For the container. */
    public RefusingInterceptor() {}

    /**
     * Refuses.
     *
     * @param call not made
     * @return nothing
     */
    @AroundInvoke
    Object refuse(InvocationContext call) {
        throw refusal;
    }
}
