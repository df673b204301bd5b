package io.seawall.interceptors.transaction;

import io.seawall.resilience.Attempt;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.InvocationContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whichever way of a new transaction this server has. It is known only when all beans are. */
public final class ServerNewTransaction implements NewTransaction {

    private volatile @Nullable NewTransaction way;

    /** Not known yet. */
    public ServerNewTransaction() {}

    /**
     * Looks for the way.
     *
     * @param bean the EJB for it; null if the server has found none
     * @param beanManager makes the reference to the bean, when it is called first
     * @return false if this server has no way
     */
    public boolean find(@Nullable Bean<?> bean, BeanManager beanManager) {
        Optional<NewTransaction> found = bean == null
                ? ManagedNewTransaction.find()
                : Optional.of(new EjbNewTransaction(() -> reference(bean, beanManager)));
        way = found.orElse(null);
        return found.isPresent();
    }

    @Override
    public @Nullable Object run(Attempt<InvocationContext> attempt, InvocationContext call) throws Exception {
        NewTransaction found = way;
        if (found == null) {
            throw new IllegalStateException("this server has no way to begin a transaction for an attempt; the"
                    + " deployment should have failed");
        }
        return found.run(attempt, call);
    }

    private static NewTransactionBean reference(Bean<?> bean, BeanManager beanManager) {
        return (NewTransactionBean)
                beanManager.getReference(bean, NewTransactionBean.class, beanManager.createCreationalContext(bean));
    }
}
