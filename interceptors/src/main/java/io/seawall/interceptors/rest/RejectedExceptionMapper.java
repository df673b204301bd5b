package io.seawall.interceptors.rest;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Answers 503 with a problem document (RFC 9457) when a {@link RejectedException} leaves a REST resource, and with
 * {@code Retry-After} (RFC 9110, in seconds, rounded up, at least 1) if it is known when another call may be let through.
 * What was called is not told to the client; it is logged at level {@code DEBUG}.
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

    /** The type says no more than the status does: why the service is short is nobody's business outside. */
    private static final String PROBLEM = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503}";

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
        Response.ResponseBuilder response = Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .type(PROBLEM_JSON)
                // Bytes: a JSON binding would put a string into quotes.
                .entity(PROBLEM.getBytes(StandardCharsets.UTF_8));
        rejected.retryAfter().ifPresent(delay -> response.header(HttpHeaders.RETRY_AFTER, ceilSeconds(delay)));
        return response.build();
    }

    private static long ceilSeconds(Duration delay) {
        long whole = delay.getSeconds();
        return Math.max(1, delay.getNano() == 0 ? whole : whole + 1);
    }
}
