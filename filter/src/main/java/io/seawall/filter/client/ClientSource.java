package io.seawall.filter.client;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** A place where a request may tell whose it is. Thread-safe. */
@FunctionalInterface
interface ClientSource {

    /** What is there; null or blank if nothing is. */
    @Nullable
    String find(HttpServletRequest request);
}
