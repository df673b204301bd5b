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

    /** Whether it is about the keys that were asked for, and not about the server, which goes on to decide others. */
    boolean isAboutKeys() {
        RedisError error = error();
        return error == RedisError.MOVED
                || error == RedisError.ASK
                || error == RedisError.TRYAGAIN
                || error == RedisError.CLUSTERDOWN;
    }

    /** Where the keys are, if it says that, {@code MOVED 3999 127.0.0.1:6381}: nothing was done then. */
    @Nullable
    Redirect redirect() {
        RedisError error = error();
        if (error != RedisError.MOVED && error != RedisError.ASK) {
            return null;
        }
        String[] words = String.valueOf(getMessage()).split(" ", 4);
        String where = words.length < 3 ? "" : words[2];
        // A sentence may follow.
        String server = where.endsWith(".") ? where.substring(0, where.length() - 1) : where;
        int colon = server.lastIndexOf(':');
        try {
            return colon <= 0
                    ? null
                    : new Redirect(
                            error == RedisError.MOVED,
                            new Endpoint(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1))));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * A server of a cluster has said who has the keys.
     *
     * @param isMoved whether that one owns their slot from now on; if not, it will own it, and has these keys already
     * @param endpoint of that one
     */
    record Redirect(boolean isMoved, Endpoint endpoint) {}
}
