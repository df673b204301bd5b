package io.seawall.interceptors.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.Attempt;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked of the transaction manager, in which order. */
class ManagedNewTransactionTest {

    private static final Transaction OUTER = (Transaction) Proxy.newProxyInstance(
            ManagedNewTransactionTest.class.getClassLoader(),
            new Class<?>[] {Transaction.class},
            (proxy, method, none) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    /** The call is handed through and not looked at. */
    private static final InvocationContext CALL = (InvocationContext) Proxy.newProxyInstance(
            ManagedNewTransactionTest.class.getClassLoader(),
            new Class<?>[] {InvocationContext.class},
            (proxy, method, none) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final List<String> asked = new ArrayList<>();
    private @Nullable Transaction outer = OUTER;
    private int status = Status.STATUS_ACTIVE;
    private @Nullable String failing;

    /** A manager that writes down what it is asked. */
    private final class Recorder implements TransactionManager {

        private void record(String what) throws SystemException {
            asked.add(what);
            if (what.equals(failing)) {
                throw new SystemException(what + " failed");
            }
        }

        @Override
        public void begin() throws SystemException {
            record("begin");
        }

        @Override
        public void commit() throws RollbackException, SystemException {
            asked.add("commit");
            if ("commit".equals(failing)) {
                throw new RollbackException("commit failed");
            }
        }

        @Override
        public void rollback() throws SystemException {
            record("rollback");
        }

        @Override
        public int getStatus() {
            return status;
        }

        @Override
        @SuppressWarnings("NullAway") // null for none, as the interface says
        public Transaction suspend() throws SystemException {
            record("suspend");
            return outer;
        }

        @Override
        public void resume(Transaction transaction) throws SystemException {
            assertThat(transaction).isSameAs(OUTER);
            record("resume");
        }

        @Override
        public Transaction getTransaction() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setRollbackOnly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setTransactionTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }
    }

    private @Nullable Object run(Attempt<InvocationContext> attempt) throws Exception {
        return new ManagedNewTransaction(new Recorder()).run(attempt, CALL);
    }

    private Attempt<InvocationContext> failingWith(Exception failure) {
        return call -> {
            asked.add("attempt");
            throw failure;
        };
    }

    @Test
    void an_attempt_that_returns_is_committed_beside_the_transaction_outside() throws Exception {
        assertThat(run(call -> {
                    asked.add("attempt");
                    return "result";
                }))
                .isEqualTo("result");
        assertThat(asked).containsExactly("suspend", "begin", "attempt", "commit", "resume");
    }

    @Test
    void without_a_transaction_outside_nothing_is_resumed() throws Exception {
        outer = null;
        assertThat(run(call -> null)).isNull();
        assertThat(asked).containsExactly("suspend", "begin", "commit");
    }

    @Test
    void an_attempt_that_throws_anything_is_rolled_back() {
        IOException failure = new IOException();
        assertThatThrownBy(() -> run(failingWith(failure))).isSameAs(failure);
        assertThat(asked).containsExactly("suspend", "begin", "attempt", "rollback", "resume");
    }

    @Test
    void an_attempt_that_returns_and_wants_a_rollback_gets_it() throws Exception {
        status = Status.STATUS_MARKED_ROLLBACK;
        assertThat(run(call -> "result")).isEqualTo("result");
        assertThat(asked).containsExactly("suspend", "begin", "rollback", "resume");
    }

    @Test
    void a_rollback_that_fails_does_not_hide_why() {
        failing = "rollback";
        IOException failure = new IOException();
        assertThatThrownBy(() -> run(failingWith(failure)))
                .isSameAs(failure)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
        assertThat(asked).endsWith("resume");
    }

    @Test
    void a_commit_or_a_begin_that_fails_is_the_failure_and_the_transaction_outside_goes_on() {
        failing = "commit";
        assertThatThrownBy(() -> run(call -> "result")).isInstanceOf(RollbackException.class);
        assertThat(asked).endsWith("resume");
        failing = "begin";
        assertThatThrownBy(() -> run(call -> "result")).isInstanceOf(SystemException.class);
        assertThat(asked).endsWith("begin", "resume");
    }
}
