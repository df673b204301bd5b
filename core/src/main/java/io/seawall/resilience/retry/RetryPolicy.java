package io.seawall.resilience.retry;

import io.seawall.resilience.Failures;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When and after what delay a failed call is made again. Immutable; cannot exist wrong.
 *
 * <p>The delay before retry {@code n} (1, 2, …) is drawn by {@code jitter} from
 * {@code min(maxBackoff, backoff · 2^(n-1))}.
 *
 * @param maxRetries calls after the first, 0 to {@value #MAX_RETRIES}; 0 never retries
 * @param backoff the delay before the first retry ahead of jitter, 1 ms to 1 h
 * @param maxBackoff the cap of all delays, from {@code backoff} to 1 h
 * @param jitter how chance spreads the delays
 * @param on failures to retry, with their subclasses, also where a container has wrapped them ({@link Failures#any}); empty
 *     for every {@link Exception}
 * @param abortOn failures never to retry, likewise; stronger than {@code on}
 */
public record RetryPolicy(
        int maxRetries,
        Duration backoff,
        Duration maxBackoff,
        Jitter jitter,
        List<Class<? extends Throwable>> on,
        List<Class<? extends Throwable>> abortOn) {

    /** More than this is a loop, not a retry. */
    public static final int MAX_RETRIES = 100;

    /** Without a floor a retry is immediate, and a thousand immediate retries are the storm that this prevents. */
    private static final Duration MIN_BACKOFF = Duration.ofMillis(1);

    private static final Duration MAX_BACKOFF = Duration.ofHours(1);

    public RetryPolicy {
        if (maxRetries < 0 || maxRetries > MAX_RETRIES) {
            throw new IllegalArgumentException("maxRetries is " + maxRetries + ": use 0 to " + MAX_RETRIES);
        }
        if (backoff.compareTo(MIN_BACKOFF) < 0 || backoff.compareTo(MAX_BACKOFF) > 0) {
            throw new IllegalArgumentException("backoff is " + backoff.toMillis() + "ms: use 1ms to 1h");
        }
        if (maxBackoff.compareTo(backoff) < 0 || maxBackoff.compareTo(MAX_BACKOFF) > 0) {
            throw new IllegalArgumentException("maxBackoff is " + maxBackoff.toMillis()
                    + "ms: use at least backoff, which is " + backoff.toMillis() + "ms, and at most 1h");
        }
        on = List.copyOf(on);
        abortOn = List.copyOf(abortOn);
    }

    /**
     * Two retries after 100 ms and 200 ms at most, at a random moment of that time, on every exception.
     *
     * @return what a plain {@code @Resilient} means
     */
    public static RetryPolicy defaults() {
        return new RetryPolicy(2, Duration.ofMillis(100), Duration.ofSeconds(5), Jitter.FULL, List.of(), List.of());
    }

    /**
     * The same with shorter delays, for a caller that holds something while it waits.
     *
     * @param total the longest that all delays of a call together may be, at least 1 ms
     * @return this policy if they cannot be longer; else one whose delays are cut to {@code total / maxRetries}, but not below
     *     1 ms
     */
    public RetryPolicy withTotalBackoff(Duration total) {
        if (longestTotalNanos() <= total.toNanos()) {
            return this;
        }
        Duration share = total.dividedBy(maxRetries);
        Duration cap = share.compareTo(MIN_BACKOFF) < 0 ? MIN_BACKOFF : share;
        return new RetryPolicy(maxRetries, backoff.compareTo(cap) < 0 ? backoff : cap, cap, jitter, on, abortOn);
    }

    /** At most 100 times 1 h: no overflow. */
    private long longestTotalNanos() {
        long total = 0;
        for (int retry = 1; retry <= maxRetries; retry++) {
            total += cappedNanos(retry);
        }
        return total;
    }

    /** Whether a failure may be retried at all; how often is another question. */
    boolean retries(Exception failure) {
        if (Failures.isFinal(failure) || Failures.notAttempted(failure)) {
            return false;
        }
        return !matches(abortOn, failure) && (on.isEmpty() || matches(on, failure));
    }

    /** The delay before retry {@code retry}, which counts from 1. */
    long delayNanos(int retry, RandomGenerator random) {
        return jitter.spread(cappedNanos(retry), random);
    }

    private long cappedNanos(int retry) {
        long base = backoff.toNanos();
        long cap = maxBackoff.toNanos();
        int doublings = retry - 1;
        // base << doublings would overflow exactly where base > cap >> doublings says that the cap is reached.
        return doublings >= Long.SIZE - 1 || base > cap >> doublings ? cap : base << doublings;
    }

    private static boolean matches(List<Class<? extends Throwable>> types, Exception failure) {
        return Failures.any(failure, cause -> types.stream().anyMatch(type -> type.isInstance(cause)));
    }
}
