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
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives back, when a request is over, the permits of the claims that its response is not due for. Once, however it ends: with
 * the chain or after it, in an asynchronous request, by an exception, a timeout or a client that has gone.
 */
final class Settlement implements AsyncListener {

    private static final Logger LOG = System.getLogger(RateLimitFilter.class.getName());

    /** A claim that was granted, and the responses that it is due for. */
    record Conditional(Claim claim, OutcomeRule rule) {}

    private final RateLimiter limiter;
    private final List<Conditional> claims;
    private final Decision.Allowed decision;
    private final HttpServletResponse response;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile boolean asynchronous;

    Settlement(RateLimiter limiter, List<Conditional> claims, Decision.Allowed decision, HttpServletResponse response) {
        this.limiter = limiter;
        this.claims = List.copyOf(claims);
        this.decision = decision;
        this.response = response;
    }

    /** Runs the rest of the chain, and settles after it. */
    void follow(FilterChain chain, HttpServletRequest request) throws IOException, ServletException {
        boolean failed = true;
        try {
            chain.doFilter(new Followed(request), response);
            failed = false;
        } finally {
            if (failed) {
                // What the container is about to answer, unless an answer is under way.
                settle(response.isCommitted() ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            } else if (!asynchronous && !followsUnwrapped(request)) {
                settle(response.getStatus());
            }
        }
    }

    /** Somebody in the chain has looked through our wrapper for the container's own request, and made that asynchronous. */
    private boolean followsUnwrapped(HttpServletRequest request) {
        try {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(this);
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
                .filter(conditional -> !conditional.rule.isDue(status))
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

    /** After a timeout or an error too, and with the status that these have come to. */
    @Override
    public void onComplete(AsyncEvent event) {
        settle(response.getStatus());
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    /** The servlet that a request was dispatched to has made it asynchronous once more, which drops the listeners. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }

    /** Listens from the moment a request becomes asynchronous: a moment later another thread may have completed it. */
    private final class Followed extends HttpServletRequestWrapper {

        Followed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public AsyncContext startAsync() {
            return listened(super.startAsync());
        }

        @Override
        public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
            return listened(super.startAsync(request, response));
        }

        private AsyncContext listened(AsyncContext context) {
            context.addListener(Settlement.this);
            asynchronous = true;
            return context;
        }
    }
}
