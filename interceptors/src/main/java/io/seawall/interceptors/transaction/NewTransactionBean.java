package io.seawall.interceptors.transaction;

import io.seawall.resilience.Attempt;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.UndeclaredThrowableException;
import org.jspecify.annotations.Nullable;

/**
 * Has the EJB container begin and end the transaction of an attempt. Not for applications, but for this: where the jar is
 * not scanned for EJBs, as in the {@code lib} of an EAR, a subclass with the same annotations in an EJB module takes its
 * place.
 *
 * <p>An EJB and not {@code @Transactional}: on Payara, connections are not enlisted in a transaction that the latter begins
 * around a method of an EJB. A singleton, since it has no state and so needs no pool, which could run dry; open to all
 * threads at once.
 */
@Singleton(name = "SeawallNewTransaction")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class NewTransactionBean {

    private final CurrentTransaction transaction = new CurrentTransaction();

    /** For the container. */
    public NewTransactionBean() {}

    /**
     * Runs an attempt in the transaction that the container has begun for this method. What it throws is returned: the
     * container would wrap and log it, though it may be retried.
     *
     * @param attempt what to run
     * @param call handed to it
     * @return what came of it
     */
    public Outcome run(Attempt<InvocationContext> attempt, InvocationContext call) {
        try {
            return new Outcome(attempt.make(call), null);
        } catch (Throwable failure) {
            transaction.doom();
            return new Outcome(null, failure);
        }
    }

    /**
     * What came of an attempt.
     *
     * @param result what it returned
     * @param failure what it threw; null if it returned
     */
    public record Outcome(@Nullable Object result, @Nullable Throwable failure) {

        @Nullable
        Object unwrap() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof Exception exception) {
                throw exception;
            }
            if (failure != null) {
                throw new UndeclaredThrowableException(failure); // neither the one nor the other, but no result
            }
            return result;
        }
    }
}
