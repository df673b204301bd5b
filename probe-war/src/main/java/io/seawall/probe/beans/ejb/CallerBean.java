package io.seawall.probe.beans.ejb;

import io.seawall.probe.beans.AttemptsTable;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.FailureException;
import io.seawall.probe.beans.Run;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Calls guarded methods in its own transaction, in which it has written row 0. */
@Stateless
public class CallerBean {

    @Inject
    AttemptsTable table;

    @Inject
    StatelessBean bean;

    /**
     * No retry in the transaction of the caller.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    public String plain(Run run) throws CheckedFailureException {
        table.insert(run, 0);
        return bean.plain(run);
    }

    /**
     * Each attempt beside the transaction of the caller.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    public String perAttempt(Run run) throws CheckedFailureException {
        table.insert(run, 0);
        return bean.perAttempt(run);
    }

    /**
     * An attempt that is committed, although the caller fails.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    public String perAttemptThenFail(Run run) throws CheckedFailureException {
        table.insert(run, 0);
        bean.perAttempt(run);
        throw new FailureException(0);
    }
}
