package io.seawall.resilience;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Seawall ended or refused a call. One subclass per reason that a caller may want to treat differently.
 *
 * <p>It is made on the path of every call while a dependency is down, so it carries no stack trace; target and reason are
 * in the message, and the failure underneath, if there is one, is the cause.
 */
public abstract class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String target;
    private final boolean attempted;
    private final @Nullable Duration retryAfter;

    /**
     * For subclasses.
     *
     * @param target the dependency that the call was for
     * @param message what happened, with the target's name
     * @param attempted see {@link #attempted}
     * @param retryAfter see {@link #retryAfter}; null for unknown
     */
    protected RejectedException(String target, String message, boolean attempted, @Nullable Duration retryAfter) {
        this(target, message, attempted, retryAfter, null);
    }

    /**
     * For subclasses that know a failure underneath.
     *
     * @param target the dependency that the call was for
     * @param message what happened, with the target's name
     * @param attempted see {@link #attempted}
     * @param retryAfter see {@link #retryAfter}; null for unknown
     * @param cause the failure underneath, or null; it cannot be set later, by {@link #initCause}
     */
    protected RejectedException(
            String target,
            String message,
            boolean attempted,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause, true, false);
        this.target = target;
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
     * @return the time from now, if it is known
     */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
