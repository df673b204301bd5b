package io.seawall.filter.answer;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Writes the body of refusals in an application's own way. Its class is named by the init-param {@code refusal-page}, and has a
 * public constructor without parameters, which may be called more than once.
 *
 * <p>Called by many requests at once: it must be thread-safe. It must not wait for anything, since a refusal has to stay cheaper than what it
 * refuses.
 */
@FunctionalInterface
public interface RefusalWriter {

    /**
     * Writes one body.
     *
     * <p>The status and the fields {@code Retry-After}, {@code Cache-Control}, {@code RateLimit} and their kind are set. What is
     * left to do is the type of the content, and the content; the container drops the content if the request is a {@code HEAD}.
     * {@code sendError} would begin an ERROR dispatch, and is not needed.
     *
     * <p>What it throws before anything has gone to the client is logged, the first time as a warning, and the client gets the
     * built-in body; later it goes to the container, which breaks off the answer.
     *
     * @param request what is refused; its body has not been read
     * @param response the answer, not committed
     * @param refusal why, and for how long
     * @throws IOException if writing fails
     * @throws ServletException if anything else does
     */
    void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
            throws IOException, ServletException;
}
