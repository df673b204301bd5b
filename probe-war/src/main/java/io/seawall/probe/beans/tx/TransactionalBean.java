package io.seawall.probe.beans.tx;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.interceptors.TransactionMode;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import io.seawall.probe.beans.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** A CDI bean with a transaction. */
@ApplicationScoped
public class TransactionalBean {

    @Inject
    Work work;

    /**
     * A transaction for each attempt, by CDI's order of interceptors.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Transactional(rollbackOn = Exception.class)
    @Resilient(retry = @Retry(backoff = "1ms", budget = "none"), breaker = @Breaker(failures = 0))
    public String retried(Run run) throws CheckedFailureException {
        return work.writtenAttempt(run);
    }

    /**
     * A transaction for each attempt, by Seawall: it has none of its own.
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
}
