package io.seawall.probe.beans;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of a case: how many of its attempts are to fail, and how many there were. Thread-safe. */
public final class Run {

    private final String id = UUID.randomUUID().toString();
    private final AtomicInteger attempts = new AtomicInteger();
    private final int failures;
    private final boolean checked;

    /**
     * A run.
     *
     * @param failures how many attempts fail, from the first one on
     * @param checked whether they fail with a checked exception
     */
    public Run(int failures, boolean checked) {
        this.failures = failures;
        this.checked = checked;
    }

    /**
     * What its rows are known by.
     *
     * @return unique
     */
    public String id() {
        return id;
    }

    /**
     * How many attempts there were.
     *
     * @return from 0
     */
    public int attempts() {
        return attempts.get();
    }

    /**
     * Begins an attempt.
     *
     * @return its number, from 1
     */
    public int begin() {
        return attempts.incrementAndGet();
    }

    /**
     * Ends an attempt.
     *
     * @param attempt its number
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     * @throws FailureException if it is to fail the other way
     */
    public String end(int attempt) throws CheckedFailureException {
        if (attempt > failures) {
            return "attempt " + attempt;
        }
        if (checked) {
            throw new CheckedFailureException(attempt);
        }
        throw new FailureException(attempt);
    }
}
