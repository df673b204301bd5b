package io.seawall.ratelimit;

import org.jspecify.annotations.Nullable;

/**
 * The store did not decide: it cannot be reached, did not answer in time, or refused to work. Thrown on the path of every
 * request while a store is away, so it has no stack trace of its own; the cause, if any, has.
 */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message what happened, without secrets
     * @param cause the failure underneath, or null if the store was not asked because it is known to be away
     */
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
