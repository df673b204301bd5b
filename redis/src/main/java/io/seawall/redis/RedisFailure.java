package io.seawall.redis;

import org.jspecify.annotations.Nullable;

/** Redis did not do what it was asked. The message says why, in the words of Redis or of the socket. */
final class RedisFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisFailure(String message) {
        super(message);
    }

    RedisFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Which error of Redis it is; null: none of which more is known, or one of the socket. */
    @Nullable
    RedisError error() {
        String message = getMessage();
        return message == null ? null : RedisError.of(message);
    }

    /** Whether it says that a script is not there: it did not run then. */
    boolean isNoScript() {
        String message = getMessage();
        return message != null && message.startsWith("NOSCRIPT");
    }
}
