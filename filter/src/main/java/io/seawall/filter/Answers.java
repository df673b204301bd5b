package io.seawall.filter;

import io.seawall.ratelimit.Decision;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What clients are told: header fields on every answer, and the whole answer when a request goes no further. Written here and
 * now; {@code sendError} would begin an ERROR dispatch. Immutable.
 */
final class Answers {

    private static final String EXPOSE = "Access-Control-Expose-Headers";

    private final LimitFields fields;
    private final String fieldNames;
    private final RefusalWriter body;

    Answers(LimitFields fields, String fieldNames, RefusalWriter body) {
        this.fields = fields;
        this.fieldNames = fieldNames;
        this.body = body;
    }

    /** Tells a client that may go on where it stands. */
    void admit(Decision decision, HttpServletRequest request, HttpServletResponse response) {
        fields.write(decision, response);
        expose(request, response);
    }

    /**
     * Refuses a request that is beyond a limit.
     *
     * @return false if nothing could be told, because an answer is under way already
     */
    boolean refuse(Decision.Denied denied, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        fields.write(denied, response);
        return send(Refusal.of(denied, ProblemType.QUOTA_EXCEEDED), request, response);
    }

    /** Refuses a request that nobody could count; see {@link #refuse}. */
    boolean unavailable(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        return send(Refusal.unavailable(), request, response);
    }

    private boolean send(Refusal refusal, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        // What is included may set neither status nor fields, and its words would stand in the middle of a page.
        if (response.isCommitted() || request.getDispatcherType() == DispatcherType.INCLUDE) {
            return false;
        }
        response.resetBuffer();
        expose(request, response);
        response.setStatus(refusal.status());
        if (refusal.retryAfterSeconds().isPresent()) {
            response.setHeader(
                    "Retry-After", Long.toString(refusal.retryAfterSeconds().getAsLong()));
        }
        // RFC 6585, section 4.
        response.setHeader("Cache-Control", "no-store");
        body.write(request, response, refusal);
        return true;
    }

    /**
     * Lets a page of another origin read the fields (Fetch standard, section 3.2.3). Adds, not sets: an application has its own
     * to expose. Whether the origin may read anything is not ours to say.
     */
    private void expose(HttpServletRequest request, HttpServletResponse response) {
        if (request.getHeader("Origin") != null && !response.getHeaders(EXPOSE).contains(fieldNames)) {
            response.addHeader(EXPOSE, fieldNames);
        }
    }
}
