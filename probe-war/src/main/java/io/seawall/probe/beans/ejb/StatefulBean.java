package io.seawall.probe.beans.ejb;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.interceptors.TransactionMode;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import io.seawall.probe.beans.Work;
import jakarta.ejb.Remove;
import jakarta.ejb.Stateful;
import jakarta.inject.Inject;

/** A stateful session bean: an exception that its container sees would end it. */
@Stateful
public class StatefulBean {

    @Inject
    Work work;

    /**
     * No retry.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(retry = @Retry(backoff = "1ms", budget = "none"), breaker = @Breaker(failures = 0))
    public String plain(Run run) throws CheckedFailureException {
        return work.writtenAttempt(run);
    }

    /**
     * A transaction for each attempt.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(
            retry = @Retry(backoff = "1ms", budget = "none"),
            breaker = @Breaker(failures = 0),
            transaction = TransactionMode.PER_ATTEMPT)
    public String perAttempt(Run run) throws CheckedFailureException {
        return work.writtenAttempt(run);
    }

    /** Ends the bean. */
    @Remove
    public void end() {}
}
