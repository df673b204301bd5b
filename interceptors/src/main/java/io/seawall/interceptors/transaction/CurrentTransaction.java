package io.seawall.interceptors.transaction;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The transaction of the calling thread, as the registry of the server tells it ({@code
 * java:comp/TransactionSynchronizationRegistry}, Jakarta Transactions 2.0, section 4). Where there is no registry there is no
 * transaction. Thread-safe.
 */
public final class CurrentTransaction {

    /** How a transaction stands. */
    public enum State {
        /** There is none. */
        NONE,
        /** It can be committed. */
        ACTIVE,
        /** It is marked for rollback, or ending: whatever is done in it is lost. */
        DOOMED
    }

    private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

    private final boolean transactionsExist = exists("jakarta.transaction.TransactionSynchronizationRegistry");

    /**
     * One for the whole server, so it is looked up once; but it is not found by every thread: {@code java:comp} belongs to
     * the threads of the server. Declared without its type, which not every server has.
     */
    private volatile @Nullable Object registry;

    /** Of this server. */
    public CurrentTransaction() {}

    /**
     * How the transaction of the calling thread stands.
     *
     * @return its state
     */
    public State state() {
        Object found = registry();
        if (found == null) {
            return State.NONE;
        }
        return switch (((TransactionSynchronizationRegistry) found).getTransactionStatus()) {
            case Status.STATUS_NO_TRANSACTION -> State.NONE;
            case Status.STATUS_ACTIVE -> State.ACTIVE;
            default -> State.DOOMED;
        };
    }

    /** Has the transaction of the calling thread rolled back when it ends, if there is one that still can. */
    void doom() {
        Object found = registry();
        if (found != null && state() == State.ACTIVE) {
            ((TransactionSynchronizationRegistry) found).setRollbackOnly();
        }
    }

    private @Nullable Object registry() {
        Object found = registry;
        if (found == null && transactionsExist) {
            found = ServerNames.find(REGISTRY).orElse(null);
            registry = found;
        }
        return found;
    }

    private static boolean exists(String className) {
        try {
            Class.forName(className, false, CurrentTransaction.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
