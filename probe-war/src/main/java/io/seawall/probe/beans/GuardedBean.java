package io.seawall.probe.beans;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.interceptors.Stale;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A CDI bean. Each {@code setBy...} is told by its annotation not to retry, and otherwise from outside. */
@ApplicationScoped
public class GuardedBean {

    @Inject
    Work work;

    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    /**
     * Two retries.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(retry = @Retry(backoff = "1ms", budget = "none"), breaker = @Breaker(failures = 0))
    public String retried(Run run) throws CheckedFailureException {
        return work.attempt(run);
    }

    /**
     * Two retries, and then a fallback.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException never
     */
    @Resilient(retry = @Retry(backoff = "1ms", budget = "none"), breaker = @Breaker(failures = 0), fallback = "instead")
    public String withFallback(Run run) throws CheckedFailureException {
        return work.attempt(run);
    }

    String instead(Run run) {
        return "fallback";
    }

    /**
     * No retry, and a fallback by what it failed with.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way, for which there is no fallback
     */
    @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0), fallback = "insteadOf")
    public String withFallbackByFailure(Run run) throws CheckedFailureException {
        return work.attempt(run);
    }

    String insteadOf(Run run, FailureException failure) {
        return "fallback of " + failure.getClass().getSimpleName();
    }

    String insteadOf(Run run, IllegalArgumentException failure) {
        return "wrong fallback";
    }

    /**
     * Two retries of what comes later.
     *
     * @param run the run
     * @return comes to that it succeeded
     */
    @Resilient(retry = @Retry(backoff = "1ms", budget = "none"), breaker = @Breaker(failures = 0))
    public CompletionStage<String> later(Run run) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.attempt(run);
            } catch (CheckedFailureException failure) {
                throw new CompletionException(failure);
            }
        });
    }

    /**
     * Answers each question once by itself.
     *
     * @param question the question
     * @return the answer
     */
    @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0), stale = @Stale(maxAge = "1h"))
    public String stale(String question) {
        if (!asked.add(question)) {
            throw new IllegalStateException("it was asked before");
        }
        return "answer to " + question;
    }

    /**
     * Too slow for its timeout, always.
     *
     * @param run the run
     * @return never
     * @throws InterruptedException if its thread is interrupted
     */
    @Resilient(timeout = "100ms", retry = @Retry(maxRetries = 0))
    public String slow(Run run) throws InterruptedException {
        run.begin();
        return new CountDownLatch(1).await(1, TimeUnit.MINUTES) ? "impossible" : "too late";
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

    /**
     * The same, for a circuit of its own.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 1, openFor = "1h"))
    public String fragileBehindServlet(Run run) throws CheckedFailureException {
        return work.attempt(run);
    }

    /**
     * A retry more than nothing, by a system property.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(
            target = "set-by-property",
            retry = @Retry(maxRetries = 0, backoff = "1ms"),
            breaker = @Breaker(failures = 0))
    public String setByProperty(Run run) throws CheckedFailureException {
        return work.attempt(run);
    }

    /**
     * Retries by {@code seawall.properties}.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(
            target = "set-by-file",
            retry = @Retry(maxRetries = 0, backoff = "1ms"),
            breaker = @Breaker(failures = 0))
    public String setByFile(Run run) throws CheckedFailureException {
        return work.attempt(run);
    }

    /**
     * Retries by MicroProfile Config.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(
            target = "set-by-microprofile",
            retry = @Retry(maxRetries = 0, backoff = "1ms"),
            breaker = @Breaker(failures = 0))
    public String setByMicroProfile(Run run) throws CheckedFailureException {
        return work.attempt(run);
    }
}
