package io.seawall.probe.beans.ejb;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.interceptors.TransactionMode;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import io.seawall.probe.beans.Work;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** A stateless session bean: its methods are called in a transaction of the container, unless they say otherwise. */
@Stateless
public class StatelessBean {

    @Inject
    Work work;

    /**
     * No retry and no fallback after an attempt, as that has written to a transaction.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(retry = @Retry(backoff = "1ms", budget = "none"), breaker = @Breaker(failures = 0), fallback = "instead")
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

    /**
     * A transaction for each attempt, and then a fallback.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(
            retry = @Retry(backoff = "1ms", budget = "none"),
            breaker = @Breaker(failures = 0),
            transaction = TransactionMode.PER_ATTEMPT,
            fallback = "instead")
    public String perAttemptWithFallback(Run run) throws CheckedFailureException {
        return work.writtenAttempt(run);
    }

    /**
     * All attempts in one transaction.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(
            retry = @Retry(backoff = "1ms", budget = "none"),
            breaker = @Breaker(failures = 0),
            transaction = TransactionMode.SHARED)
    public String shared(Run run) throws CheckedFailureException {
        return work.writtenAttempt(run);
    }

    /**
     * Retries without saying more, as there is no transaction.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    @Resilient(retry = @Retry(backoff = "1ms", budget = "none"), breaker = @Breaker(failures = 0))
    public String withoutTransaction(Run run) throws CheckedFailureException {
        return work.attempt(run);
    }

    /**
     * Opens its circuit with the first failure.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 1, openFor = "1h"))
    public String fragile(Run run) throws CheckedFailureException {
        return work.attempt(run);
    }

    String instead(Run run) {
        return "fallback";
    }
}
