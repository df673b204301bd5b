package io.seawall.redis;

import org.jspecify.annotations.Nullable;

/** Redis did not do what it was asked. The message says why, in the words of Redis or of the socket. */
final class RedisFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final String NOAUTH = "NOAUTH";

    RedisFailure(String message) {
        super(message);
    }

    RedisFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether Redis said this.
     *
     * @param word the first word of its error
     */
    boolean is(String word) {
        String message = getMessage();
        return message != null && message.startsWith(word);
    }

    /** Whether it says that a script is not there: it did not run then. */
    boolean isNoScript() {
        return is("NOSCRIPT");
    }

    /** Whether it is about the keys that were asked for, and not about the server, which goes on to decide others. */
    boolean isAboutKeys() {
        return redirect() != null || is("TRYAGAIN") || is("CLUSTERDOWN") || is("CROSSSLOT");
    }

    /** Where the keys are, if it says that: nothing was done then. */
    @Nullable
    Redirect redirect() {
        boolean isMoved = is("MOVED ");
        if (!isMoved && !is("ASK ")) {
            return null;
        }
        String[] words = String.valueOf(getMessage()).split(" ", -1);
        int colon = words.length < 3 ? -1 : words[2].lastIndexOf(':');
        try {
            return colon <= 0
                    ? null
                    : new Redirect(
                            isMoved,
                            new Endpoint(
                                    words[2].substring(0, colon), Integer.parseInt(words[2].substring(colon + 1))));
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
