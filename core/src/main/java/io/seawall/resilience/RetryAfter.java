package io.seawall.resilience;

import java.time.Duration;
import java.util.Optional;

/** A failure that says when another attempt may be made. An exception of an application may implement it. */
@FunctionalInterface
public interface RetryAfter {

    /**
     * When another attempt may be made.
     *
     * @return the time from when the failure came, if it is known
     */
    Optional<Duration> retryAfter();
}
