package io.seawall.interceptors;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pipeline of the called method and runs it. Keeps nothing of a call; it is made with each bean, so all state
 * lives in the extension.
 *
 * <p>Before 200, where {@code @Transactional} is: so each attempt has a transaction of its own, and a commit that fails is
 * a failure too.
 */
@Resilient
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
public class ResilientInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    // The container sets it before the first call; CDI makes its own a passivation capable dependency.
    @SuppressWarnings({"NullAway.Init", "serial"})
    private BeanManager beanManager;

    /** Not carried along when a bean is passivated: looked up again. */
    private transient @Nullable PipelineTable table;

    /** For the container. */
    public ResilientInterceptor() {}

    /**
     * Runs a timeout method of an EJB through its pipeline.
     *
     * @param call the call of the timer service
     * @return what it returned, or what stands in for it
     * @throws Exception what it threw, or a {@link io.seawall.resilience.RejectedException}
     */
    @AroundTimeout
    @Nullable
    Object runTimeout(InvocationContext call) throws Exception {
        return run(call);
    }

    /**
     * Runs a call through its pipeline.
     *
     * @param call the call
     * @return what it returned, or what stands in for it
     * @throws Exception what it threw, or a {@link io.seawall.resilience.RejectedException}
     */
    @AroundInvoke
    @Nullable
    Object run(InvocationContext call) throws Exception {
        PipelineTable ready = table;
        if (ready == null) {
            ready = beanManager.getExtension(ResilientExtension.class).table();
            table = ready;
        }
        return ready.find(call).run(call);
    }
}
