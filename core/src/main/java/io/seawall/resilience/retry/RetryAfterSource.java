package io.seawall.resilience.retry;

import java.time.Duration;
import java.util.Optional;

/**
 * Reads from a failure when another attempt may be made: for exceptions of a client library that do not implement
 * {@link io.seawall.resilience.RetryAfter}. Thread-safe.
 */
@FunctionalInterface
public interface RetryAfterSource {

    /**
     * Looks at a failure.
     *
     * @param failure what was thrown, or a cause of it
     * @return the time from now, if this failure says it
     */
    Optional<Duration> retryAfter(Throwable failure);
}
