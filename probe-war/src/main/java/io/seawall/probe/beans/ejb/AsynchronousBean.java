package io.seawall.probe.beans.ejb;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.interceptors.TransactionMode;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import io.seawall.probe.beans.Work;
import jakarta.ejb.AsyncResult;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.concurrent.Future;

/** Methods that the container calls on threads of its own. */
@Stateless
public class AsynchronousBean {

    @Inject
    Work work;

    /**
     * A transaction for each attempt.
     *
     * @param run the run
     * @return the same, later
     * @throws CheckedFailureException if it is to fail that way
     */
    @Asynchronous
    @Resilient(
            retry = @Retry(backoff = "1ms", budget = "none"),
            breaker = @Breaker(failures = 0),
            transaction = TransactionMode.PER_ATTEMPT)
    public Future<String> perAttempt(Run run) throws CheckedFailureException {
        return new AsyncResult<>(work.writtenAttempt(run));
    }

    /**
     * No retry.
     *
     * @param run the run
     * @return the same, later
     * @throws CheckedFailureException if it is to fail that way
     */
    @Asynchronous
    @Resilient(retry = @Retry(backoff = "1ms", budget = "none"), breaker = @Breaker(failures = 0))
    public Future<String> plain(Run run) throws CheckedFailureException {
        return new AsyncResult<>(work.writtenAttempt(run));
    }
}
