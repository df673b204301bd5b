package io.seawall.interceptors.transaction;

import io.seawall.resilience.Attempt;
import jakarta.interceptor.InvocationContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** By the EJB container. */
final class EjbNewTransaction implements NewTransaction {

    private final Supplier<NewTransactionBean> reference;
    private volatile @Nullable NewTransactionBean bean;

    /**
     * By a bean.
     *
     * @param reference makes the reference to it; asked with the first call, when the container has started
     */
    EjbNewTransaction(Supplier<NewTransactionBean> reference) {
        this.reference = reference;
    }

    @Override
    public @Nullable Object run(Attempt<InvocationContext> attempt, InvocationContext call) throws Exception {
        NewTransactionBean ready = bean;
        if (ready == null) {
            ready = reference.get();
            bean = ready;
        }
        return ready.run(attempt, call).unwrap();
    }
}
