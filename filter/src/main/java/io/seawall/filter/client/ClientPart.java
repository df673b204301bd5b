package io.seawall.filter.client;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A source, and what the setting calls it.
 *
 * @param word as in the setting, without spaces; of a header in lower case, since its case does not matter
 * @param source where to look
 * @param forgeable whether anybody can make up as many values as he likes: what is not checked by anyone, and a session, which
 *     is to be had for nothing
 */
record ClientPart(String word, ClientSource source, boolean forgeable) {

    static final String IP = "ip";
    static final String HEADER = "header:";

    boolean isAddress() {
        return word.equals(IP);
    }

    /** Null if the request has none. */
    @Nullable
    String value(HttpServletRequest request) {
        String value = source.find(request);
        return value == null || value.isBlank() ? null : value;
    }

    /** A value that somebody has written down, as requests have it. */
    String asCounted(String written) {
        if (written.isBlank()) {
            throw new IllegalArgumentException(
                    "the value of '" + word + "' is blank, which counts as none: write what its requests send");
        }
        return source.asFound(written);
    }
}
