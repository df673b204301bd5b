package io.seawall.probe.beans;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What every guarded method does. */
@ApplicationScoped
public class Work {

    @Inject
    AttemptsTable table;

    /**
     * One attempt that writes nothing.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    public String attempt(Run run) throws CheckedFailureException {
        return run.end(run.begin());
    }

    /**
     * One attempt that writes its row first.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    public String writtenAttempt(Run run) throws CheckedFailureException {
        int attempt = run.begin();
        table.insert(run, attempt);
        return run.end(attempt);
    }
}
