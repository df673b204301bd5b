package io.seawall.interceptors.transaction;

import io.seawall.resilience.Attempt;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By the transaction manager of the server, where it shows it and its connections follow it. */
final class ManagedNewTransaction implements NewTransaction {

    /** WildFly's. On Payara and GlassFish connections do not follow the manager inside an EJB. */
    private static final String MANAGER = "java:jboss/TransactionManager";

    /** Declared without its type, which not every server has. */
    private final Object manager;

    /**
     * By a transaction manager.
     *
     * @param manager a {@code TransactionManager}
     */
    ManagedNewTransaction(Object manager) {
        this.manager = manager;
    }

    /**
     * Looks the transaction manager up.
     *
     * @return empty if this server shows none
     */
    static Optional<NewTransaction> find() {
        return ServerNames.find(MANAGER).map(ManagedNewTransaction::new);
    }

    @Override
    public @Nullable Object run(Attempt<InvocationContext> attempt, InvocationContext call) throws Exception {
        TransactionManager transactions = (TransactionManager) manager;
        Transaction outer = transactions.suspend();
        try {
            transactions.begin();
            Object result;
            try {
                result = attempt.make(call);
            } catch (Throwable failure) {
                try {
                    transactions.rollback();
                } catch (Exception alsoFailed) {
                    failure.addSuppressed(alsoFailed);
                }
                throw failure;
            }
            if (transactions.getStatus() == Status.STATUS_MARKED_ROLLBACK) {
                transactions.rollback(); // as the attempt wanted, which has returned all the same
            } else {
                transactions.commit();
            }
            return result;
        } finally {
            if (outer != null) {
                transactions.resume(outer);
            }
        }
    }
}
