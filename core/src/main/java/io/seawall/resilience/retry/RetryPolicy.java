package io.seawall.resilience.retry;

import io.seawall.resilience.Failures;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When and after what delay a failed call is made again. Immutable; cannot exist wrong.
 *
 * @param maxRetries calls after the first, 0 to {@value #MAX_RETRIES}; 0 never retries
 * @param backoff how long to wait
 * @param on failures to retry, with their subclasses, also where a container has wrapped them ({@link Failures#any}); empty
 *     for every {@link Exception} that is not the caller's fault ({@link Failures#isCallersFault})
 * @param abortOn failures never to retry, likewise; stronger than {@code on}
 * @param onResult whether a call that has returned is to be made again; null for never
 */
public record RetryPolicy(
        int maxRetries,
        Backoff backoff,
        List<Class<? extends Throwable>> on,
        List<Class<? extends Throwable>> abortOn,
        @Nullable Predicate<@Nullable Object> onResult) {

    /** More than this is a loop, not a retry. */
    public static final int MAX_RETRIES = 100;

    /**
     * Checks the number, and copies the lists.
     *
     * @param maxRetries see {@link #maxRetries}
     * @param backoff see {@link #backoff}
     * @param on see {@link #on}
     * @param abortOn see {@link #abortOn}
     * @param onResult see {@link #onResult}
     * @throws IllegalArgumentException if {@code maxRetries} is not 0 to {@value #MAX_RETRIES}
     */
    public RetryPolicy {
        if (maxRetries < 0 || maxRetries > MAX_RETRIES) {
            throw new IllegalArgumentException("maxRetries is " + maxRetries + ": use 0 to " + MAX_RETRIES);
        }
        on = List.copyOf(on);
        abortOn = List.copyOf(abortOn);
    }

    /**
     * Two retries after 100 ms and 200 ms at most, at a random moment of that time, on every exception that is not the
     * caller's fault.
     *
     * @return what a plain {@code @Resilient} means
     */
    public static RetryPolicy defaults() {
        return new RetryPolicy(2, Backoff.defaults(), List.of(), List.of(), null);
    }

    /**
     * The same with shorter delays, for a caller that holds something while it waits.
     *
     * @param total the longest that all delays of a call together may be, at least 1 ms
     * @return this policy if they cannot be longer; else one whose delays are cut to {@code total / maxRetries}, but not below
     *     1 ms
     */
    public RetryPolicy withTotalBackoff(Duration total) {
        if (backoff.longestTotalNanos(maxRetries) <= total.toNanos()) {
            return this;
        }
        return new RetryPolicy(maxRetries, backoff.cutTo(total.dividedBy(maxRetries)), on, abortOn, onResult);
    }

    /** Whether a failure may be retried at all; how often is another question. */
    boolean retries(Throwable failure) {
        if (!(failure instanceof Exception) || Failures.isFinal(failure) || Failures.notAttempted(failure)) {
            return false;
        }
        if (matches(abortOn, failure)) {
            return false;
        }
        return on.isEmpty() ? !Failures.isCallersFault(failure) : matches(on, failure);
    }

    private static boolean matches(List<Class<? extends Throwable>> types, Throwable failure) {
        return Failures.any(failure, cause -> types.stream().anyMatch(type -> type.isInstance(cause)));
    }
}
