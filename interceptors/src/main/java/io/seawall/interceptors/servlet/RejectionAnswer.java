package io.seawall.interceptors.servlet;

import io.seawall.http.ReducedCapacity;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes {@link ReducedCapacity} as the answer of a servlet: here and now, since {@code sendError} would begin an ERROR dispatch. What the
 * servlet has written is dropped; header fields stay, as they may be of filters further out (CORS, {@code RateLimit}), but for those
 * that are about the body.
 */
final class RejectionAnswer {

    private static final String CONTENT_ENCODING = "Content-Encoding";

    private final HttpServletResponse response;
    private final boolean encodedFurtherOut;

    /** Before the servlet is called. */
    RejectionAnswer(HttpServletResponse response) {
        this.response = response;
        this.encodedFurtherOut = response.containsHeader(CONTENT_ENCODING);
    }

    /** Nothing must have gone to the client. */
    void write(ReducedCapacity answer, HttpServletRequest request) throws IOException {
        response.resetBuffer();
        response.setStatus(ReducedCapacity.STATUS);
        response.setHeader("Retry-After", Long.toString(answer.retryAfterSeconds()));
        response.setHeader("Cache-Control", ReducedCapacity.CACHE_CONTROL);
        if (!encodedFurtherOut && response.containsHeader(CONTENT_ENCODING)) {
            // The servlet would have encoded its body, we do not; and a field cannot be removed (Servlet 6.0).
            response.setHeader(CONTENT_ENCODING, "identity");
        }
        response.setContentType(ReducedCapacity.CONTENT_TYPE);
        writeBody(answer, request);
        if (request.isAsyncStarted()) {
            complete(request.getAsyncContext());
        }
    }

    /**
     * To a HEAD request too: the container drops it, and some take the length from what they drop.
     *
     * <p>If the request has a body, the length is left to the container, unless the servlet has set one: Jetty would send all at
     * once by it, and could not say any more that the connection ends, as it does where that body has not come yet. Without
     * one it is set in any case, as some do not show what the servlet has set (Grizzly).
     */
    private void writeBody(ReducedCapacity answer, HttpServletRequest request) throws IOException {
        byte[] body = answer.bodyBytes();
        if (!hasBody(request) || response.containsHeader("Content-Length")) {
            response.setContentLength(body.length);
        }
        OutputStream out;
        try {
            out = response.getOutputStream();
        } catch (IllegalStateException e) {
            // The servlet has asked for the writer, and a response has one or the other.
            response.getWriter().write(answer.body());
            return;
        }
        out.write(body);
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /** The servlet has failed after it began to be asynchronous: nobody would end the request before its timeout. */
    private static void complete(AsyncContext async) {
        try {
            async.complete();
        } catch (IllegalStateException ended) {
            return; // by what the servlet has begun elsewhere
        }
    }
}
