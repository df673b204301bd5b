package io.seawall.filter.client;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** A place where a request may tell whose it is. Thread-safe. */
@FunctionalInterface
interface ClientSource {

    /** What is there; null or blank if nothing is. */
    @Nullable
    String find(HttpServletRequest request);

    /**
     * A value that somebody has written down, as it would be found; an {@link IllegalArgumentException} says why it never
     * would be.
     */
    default String asFound(String written) {
        return written;
    }
}
