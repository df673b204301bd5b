package io.seawall.resilience;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Seawall ended or refused a call. One subclass per reason that a caller may want to treat differently.
 *
 * <p>It is made on the path of every call while a dependency is down, so it carries no stack trace, and its message is put
 * together only when somebody asks for it; target and reason are in the message, and the failure underneath, if there is one,
 * is the cause.
 */
public abstract class RejectedException extends RuntimeException implements RetryAfter {

    private static final long serialVersionUID = 1L;

    /** Whom the call was for. */
    private final String target;

    /** Why, as a token. */
    private final String reason;

    /** Whether the call was begun. */
    private final boolean attempted;

    /** When another call may be let through; null if nobody knows. */
    private final @Nullable Duration retryAfter;

    /**
     * For subclasses.
     *
     * @param target the dependency that the call was for
     * @param reason see {@link #reason}
     * @param attempted see {@link #attempted}
     * @param retryAfter see {@link #retryAfter}; null for unknown
     * @param cause the failure underneath; null for none
     */
    protected RejectedException(
            String target, String reason, boolean attempted, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(null, cause, true, false);
        this.target = target;
        this.reason = reason;
        this.attempted = attempted;
        this.retryAfter = retryAfter;
    }

    /**
     * The dependency that the call was for.
     *
     * @return the name of the target
     */
    public final String target() {
        return target;
    }

    /**
     * Why, as a token for metrics and logs.
     *
     * @return lower case words with {@code -} between them, the same for every exception of a class: for example
     *     {@code circuit-open}, {@code bulkhead-full} or {@code time-limit}
     */
    public final String reason() {
        return reason;
    }

    /**
     * Whether the call was begun. One that was not says nothing about the dependency: it is no failure to a breaker, and
     * it is not retried.
     *
     * @return false if the call was refused beforehand
     */
    public final boolean attempted() {
        return attempted;
    }

    /**
     * When another call may be let through.
     *
     * @return the time from when this was thrown, if it is known
     */
    @Override
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public final String getMessage() {
        return words();
    }

    /**
     * What happened, for people. Asked on every {@link #getMessage}.
     *
     * @return a sentence with the name of the target
     */
    protected abstract String words();
}
