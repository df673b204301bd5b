package io.seawall.interceptors;

import io.seawall.interceptors.transaction.CurrentTransaction.State;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Strategy;
import jakarta.interceptor.InvocationContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the transaction around a call true: says no to another attempt and to the fallback where they would have it commit
 * what a failed attempt has written. Looks only after a failure; a call that succeeds costs nothing.
 */
final class TransactionGuard implements Predicate<InvocationContext> {

    private static final Logger LOG = System.getLogger(TransactionGuard.class.getName());

    /** What to do about a method that is not retried since it runs inside a transaction. */
    static final String FIX = "use transaction = PER_ATTEMPT for a new transaction around each attempt, SHARED if the"
            + " attempts write nothing, or call the method outside of a transaction";

    private static final String ATTEMPTED = TransactionGuard.class.getName() + ".attempted";

    private final String where;
    private final TransactionMode mode;
    private final Supplier<State> transaction;
    private final AtomicBoolean told;

    /**
     * Guards one method.
     *
     * @param where class and method, for the log
     * @param transaction how the transaction of the calling thread stands
     * @param told whether the log has already said that the method is not retried inside a transaction
     */
    TransactionGuard(String where, TransactionMode mode, Supplier<State> transaction, boolean told) {
        this.where = where;
        this.mode = mode;
        this.transaction = transaction;
        this.told = new AtomicBoolean(told);
    }

    /** Whether a failed call may be made again, or answered by the fallback. */
    @Override
    public boolean test(InvocationContext call) {
        return switch (transaction.get()) {
            case NONE -> true;
            case ACTIVE -> mode != TransactionMode.NO_RETRY || isUntouched(call) || isFinal();
            case DOOMED -> false;
        };
    }

    /**
     * The same before the first attempt at a call whose result comes later: whatever follows is on another thread, where the transaction
     * is not, and which cannot tell how it stands.
     */
    boolean beforehand(InvocationContext call) {
        return switch (transaction.get()) {
            case NONE -> true;
            case ACTIVE -> mode != TransactionMode.NO_RETRY || isFinal();
            case DOOMED -> false;
        };
    }

    /** Marks calls whose attempt has begun and failed: what it has written is in the transaction. */
    Strategy<InvocationContext> marking(Strategy<InvocationContext> attempt) {
        return (call, deadline) -> mark(attempt, call, deadline);
    }

    /** The same of attempts that may be made again though they have returned. */
    Strategy<InvocationContext> markingAll(Strategy<InvocationContext> attempt) {
        return (call, deadline) -> {
            Object result = mark(attempt, call, deadline);
            call.getContextData().put(ATTEMPTED, true);
            return result;
        };
    }

    private static @Nullable Object mark(Strategy<InvocationContext> attempt, InvocationContext call, Deadline deadline)
            throws Exception {
        try {
            return attempt.execute(call, deadline);
        } catch (Throwable failure) {
            call.getContextData().put(ATTEMPTED, true);
            throw failure;
        }
    }

    private static boolean isUntouched(InvocationContext call) {
        return !call.getContextData().containsKey(ATTEMPTED);
    }

    private boolean isFinal() {
        if (told.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "{0} was called inside a transaction that was begun outside of it: it is neither retried nor answered by"
                            + " its fallback there, since what a failed attempt has written would be committed with it; {1}."
                            + " This is said once",
                    where,
                    FIX);
        }
        return false;
    }
}
