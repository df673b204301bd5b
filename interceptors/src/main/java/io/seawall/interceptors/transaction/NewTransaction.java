package io.seawall.interceptors.transaction;

import io.seawall.resilience.Attempt;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Runs something in a transaction of its own, while the one under way, if any, is suspended. Thread-safe. */
@FunctionalInterface
public interface NewTransaction {

    /**
     * Begins a transaction, runs the attempt, and commits; rolls back if the attempt throws anything, or has marked the
     * transaction for rollback.
     *
     * @param attempt what to run
     * @param call handed to it
     * @return what the attempt returned
     * @throws Exception what the attempt threw, as it is; or the failure of the commit
     */
    @Nullable
    Object run(Attempt<InvocationContext> attempt, InvocationContext call) throws Exception;
}
