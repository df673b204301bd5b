package io.seawall.probe.beans.tx;

import io.seawall.probe.beans.AttemptsTable;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** A caller with a transaction under way, which the guarded method joins. */
@ApplicationScoped
public class TransactionalCaller {

    @Inject
    AttemptsTable table;

    @Inject
    TransactionalBean bean;

    /**
     * Writes row 0, then calls.
     *
     * @param run the run
     * @return what the guarded method returned
     * @throws CheckedFailureException if it is to fail that way
     */
    @Transactional(rollbackOn = Exception.class)
    public String call(Run run) throws CheckedFailureException {
        table.insert(run, 0);
        return bean.retried(run);
    }

    /**
     * Writes row 0, then calls who is to have transactions of its own.
     *
     * @param run the run
     * @return what the guarded method returned
     * @throws CheckedFailureException if it is to fail that way
     */
    @Transactional(rollbackOn = Exception.class)
    public String callPerAttempt(Run run) throws CheckedFailureException {
        table.insert(run, 0);
        return bean.perAttempt(run);
    }
}
