package io.seawall.filter.answer;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicies;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;

/**
 * What clients are told: header fields on every answer, and the whole answer when a request goes no further. Written here and
 * now; {@code sendError} would begin an ERROR dispatch. Immutable.
 */
public final class Answers {

    private static final String EXPOSE = "Access-Control-Expose-Headers";

    private final LimitFields fields;
    private final String fieldNames;
    private final RefusalWriter body;

    /**
     * Answers in one way for all requests of a filter.
     *
     * @param style which fields
     * @param sets all sets of limits that clients may be told of
     * @param body the rest of a refusal, see {@link RefusalBody}
     */
    public Answers(FieldStyle style, Collection<QuotaPolicies> sets, RefusalWriter body) {
        this.fields = style.fieldsOf(sets);
        this.fieldNames = style.names();
        this.body = body;
    }

    /**
     * Tells a client that may go on where it stands.
     *
     * @param decision about the request
     * @param request which goes on
     * @param response not committed, or nothing is told
     */
    public void admit(Decision decision, HttpServletRequest request, HttpServletResponse response) {
        fields.write(decision, response);
        expose(request, response);
    }

    /**
     * Refuses a request that is beyond a limit.
     *
     * @param denied why
     * @param request which goes no further
     * @param response whose status, fields and body are written
     * @return false if nothing could be told, because an answer is under way already
     * @throws IOException if the body cannot be written
     * @throws ServletException if an application's own writer fails
     */
    public boolean refuse(Decision.Denied denied, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        fields.write(denied, response);
        ProblemType problem = denied.banned() ? ProblemType.ABNORMAL_USAGE_DETECTED : ProblemType.QUOTA_EXCEEDED;
        return send(Refusal.of(denied, problem), request, response);
    }

    /**
     * Refuses a request that nobody could count; see {@link #refuse}.
     *
     * @param request which goes no further
     * @param response whose status, fields and body are written
     * @return false if nothing could be told, because an answer is under way already
     * @throws IOException if the body cannot be written
     * @throws ServletException if an application's own writer fails
     */
    public boolean unavailable(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
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
