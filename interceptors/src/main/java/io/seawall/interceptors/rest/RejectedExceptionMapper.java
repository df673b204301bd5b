package io.seawall.interceptors.rest;

import io.seawall.http.ReducedCapacity;
import io.seawall.resilience.RejectedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Answers 503, with {@code Retry-After} and a problem document (see {@link ReducedCapacity}), when a {@link RejectedException} leaves
 * a REST resource. What was called is not told to the client; it is logged at level {@code DEBUG}.
 *
 * <p>Found by itself where an application does not list its classes. A mapper of the application for the same type has
 * precedence, unless its {@code @Priority} is above {@value #PRIORITY}; so has one for a subclass. Thread-safe: it keeps
 * nothing.
 */
@Provider
@Priority(RejectedExceptionMapper.PRIORITY)
public class RejectedExceptionMapper implements ExceptionMapper<RejectedException> {

    /** Behind {@link Priorities#USER}, which a mapper without a priority has: the application's own comes first. */
    public static final int PRIORITY = Priorities.USER + 1000;

    private static final Logger LOG = System.getLogger(RejectedExceptionMapper.class.getName());

    /** {@link ReducedCapacity#CONTENT_TYPE}, without a parser of the server's. */
    private static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

    /** For the container. */
    public RejectedExceptionMapper() {}

    /**
     * Makes the answer.
     *
     * @param rejected what left the resource
     * @return 503
     */
    @Override
    public Response toResponse(RejectedException rejected) {
        LOG.log(Level.DEBUG, "answered 503", rejected);
        ReducedCapacity answer = ReducedCapacity.until(rejected.retryAfter());
        return Response.status(ReducedCapacity.STATUS)
                .header(HttpHeaders.RETRY_AFTER, answer.retryAfterSeconds())
                .header(HttpHeaders.CACHE_CONTROL, ReducedCapacity.CACHE_CONTROL)
                .type(PROBLEM_JSON)
                // Bytes: a JSON binding would put a string into quotes.
                .entity(answer.bodyBytes())
                .build();
    }
}
