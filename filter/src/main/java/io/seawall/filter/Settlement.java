package io.seawall.filter;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.ratelimit.StoreUnavailableException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Gives back, when a request is over, the permits of the claims that its response is not due for. Once, however it ends: with
 * the chain or after it, in an asynchronous request, by an exception, a timeout or a client that has gone.
 *
 * <p>What the container makes of an exception, it decides after all filters, and differently: a malformed body is 400 on one
 * server and 500 on another. Nobody may have permits back by sending such a request. So a failure of which the client may be
 * the cause is charged if either status is due.
 */
final class Settlement implements AsyncListener, FollowedRequest.Follower {

    private static final Logger LOG = System.getLogger(RateLimitFilter.class.getName());

    /** A claim that was granted, and the responses that it is due for. */
    record Conditional(Claim claim, OutcomeRule rule) {}

    private final RateLimiter limiter;
    private final List<Conditional> claims;
    private final Decision.Allowed decision;
    private final HttpServletResponse response;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile boolean asynchronous;

    /** Whether a failure may be the client's: the request could not be read, or the connection may be broken. */
    private volatile boolean clientMayHaveFailed;

    Settlement(RateLimiter limiter, List<Conditional> claims, Decision.Allowed decision, HttpServletResponse response) {
        this.limiter = limiter;
        this.claims = List.copyOf(claims);
        this.decision = decision;
        this.response = response;
    }

    /** Runs the rest of the chain, and settles after it. */
    void follow(FilterChain chain, HttpServletRequest request) throws IOException, ServletException {
        try {
            chain.doFilter(new FollowedRequest(request, this), response);
        } catch (Throwable failure) {
            failedBy(failure);
            settle(response.isCommitted() ? response.getStatus() : statusOf(failure));
            throw failure;
        }
        if (!asynchronous && !followsUnwrapped(request)) {
            settle(response.getStatus());
        }
    }

    /** As the servlet specification has it, section 2.3.3.2. */
    private static int statusOf(Throwable failure) {
        if (failure instanceof UnavailableException unavailable) {
            return unavailable.isPermanent()
                    ? HttpServletResponse.SC_NOT_FOUND
                    : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        }
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    /** An I/O error that nobody has handled is as likely one of the client's connection as of another. */
    private void failedBy(@Nullable Throwable failure) {
        if (failure instanceof IOException) {
            clientMayHaveFailed = true;
        }
    }

    /** Somebody in the chain has looked through our wrapper for the container's own request, and made that asynchronous. */
    private boolean followsUnwrapped(HttpServletRequest request) {
        try {
            if (request.isAsyncStarted()) {
                listenTo(request.getAsyncContext());
                return true;
            }
        } catch (IllegalStateException e) {
            // It was completed between the question and the answer.
        }
        return false;
    }

    private void settle(int status) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        List<Claim> notDue = claims.stream()
                .filter(conditional -> !isDue(conditional.rule, status))
                .map(Conditional::claim)
                .toList();
        if (notDue.isEmpty()) {
            return;
        }
        try {
            limiter.refund(notDue, decision);
        } catch (StoreUnavailableException e) {
            // The client has a few permits less until they come back by themselves; the log tells of the outage
            // elsewhere.
            LOG.log(Level.DEBUG, "Permits that were not due stay charged: {0}", e.getMessage());
        }
    }

    private boolean isDue(OutcomeRule rule, int status) {
        boolean failed = status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        return rule.isDue(status) || (failed && clientMayHaveFailed && rule.isDue(HttpServletResponse.SC_BAD_REQUEST));
    }

    @Override
    public void unreadable() {
        clientMayHaveFailed = true;
    }

    @Override
    public void asynchronous(AsyncContext context) {
        listenTo(context);
        asynchronous = true;
    }

    /** After a timeout or an error too, and with the status that these have come to. */
    @Override
    public void onComplete(AsyncEvent event) {
        settle(response.getStatus());
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {
        failedBy(event.getThrowable());
    }

    /** The servlet that a request was dispatched to has made it asynchronous once more, which drops the listeners. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        listenTo(event.getAsyncContext());
    }

    /** GlassFish sets the HTTP response that a listener was added with to 200 before it tells it: so it gets none. */
    private void listenTo(AsyncContext context) {
        context.addListener(this, context.getRequest(), new ServletResponseWrapper(response));
    }
}
