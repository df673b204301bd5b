package io.seawall.ratelimit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What becomes of a request when the shared store does not decide in time. */
public enum OnStoreFailure {

    /**
     * This node decides alone, by its own memory and its share of the limits: the permits divided by the nodes that were last seen,
     * 1 at least. The default.
     */
    LOCAL,

    /** The request is admitted and not counted. */
    ALLOW,

    /** The request is not admitted: {@link RateLimiter#decide} throws, HTTP answers 503. */
    DENY;

    /**
     * The name used in configuration.
     *
     * @return the name in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a choice by the name used in configuration.
     *
     * @param text {@code local}, {@code allow} or {@code deny}
     * @return the choice
     * @throws IllegalArgumentException if the text is none of them
     */
    public static OnStoreFailure of(String text) {
        for (OnStoreFailure choice : values()) {
            if (choice.text().equals(text)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a choice: use "
                + Arrays.stream(values()).map(OnStoreFailure::text).collect(Collectors.joining(", ")));
    }
}
