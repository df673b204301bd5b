package io.seawall.probe.beans.ejb;

import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import jakarta.ejb.Stateless;

/** Joins the transaction of its caller; when it throws, its container marks that for rollback. */
@Stateless
public class InnerBean {

    /**
     * Ends an attempt.
     *
     * @param run the run
     * @param attempt the number of the attempt
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    public String end(Run run, int attempt) throws CheckedFailureException {
        return run.end(attempt);
    }
}
