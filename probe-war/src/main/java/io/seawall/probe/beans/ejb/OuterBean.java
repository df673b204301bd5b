package io.seawall.probe.beans.ejb;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.interceptors.TransactionMode;
import io.seawall.probe.beans.AttemptsTable;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Calls another session bean, whose failure dooms the transaction of both. */
@Stateless
public class OuterBean {

    @Inject
    AttemptsTable table;

    @Inject
    InnerBean inner;

    /**
     * No retry.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(retry = @Retry(backoff = "1ms", budget = "none"), breaker = @Breaker(failures = 0), fallback = "instead")
    public String plain(Run run) throws CheckedFailureException {
        int attempt = run.begin();
        table.insert(run, attempt);
        return inner.end(run, attempt);
    }

    /**
     * One transaction for all attempts: the first failure dooms it, so there is no second.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(
            retry = @Retry(backoff = "1ms", budget = "none"),
            breaker = @Breaker(failures = 0),
            transaction = TransactionMode.SHARED,
            fallback = "instead")
    public String shared(Run run) throws CheckedFailureException {
        int attempt = run.begin();
        table.insert(run, attempt);
        return inner.end(run, attempt);
    }

    /**
     * A transaction for each attempt: the one that fails is the one that is doomed.
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
        int attempt = run.begin();
        table.insert(run, attempt);
        return inner.end(run, attempt);
    }

    String instead(Run run) {
        return "fallback";
    }
}
