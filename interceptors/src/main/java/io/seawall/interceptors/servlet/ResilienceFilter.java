package io.seawall.interceptors.servlet;

import io.seawall.http.ReducedCapacity;
import io.seawall.http.RetryMark;
import io.seawall.resilience.Failures;
import io.seawall.resilience.RejectedException;
import io.seawall.resilience.RetriesOff;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers 503 when a {@link RejectedException} leaves a servlet, as REST resources do (see {@link ReducedCapacity}), and switches
 * retrying off for requests whose sender retries (see {@link RetryMark}), if those are trusted. What was called is not told to the
 * client; it is logged at level {@code DEBUG}.
 *
 * <p>Registered by itself, next to the servlets, for all paths and for the dispatches {@code REQUEST} and {@code ASYNC}, where the
 * application has {@link io.seawall.interceptors.Resilient} classes or one of the context-params is {@code true}; unless it is
 * declared, as in {@code web.xml}.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>init-param</th><th>context-param</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code answer-rejections}</td><td>{@code seawall.answer-rejections}</td><td>{@code true}</td><td>whether it
 * answers</td></tr>
 * <tr><td>{@code trust-retry-mark}</td><td>{@code seawall.trust-retry-mark}</td><td>{@code false}</td><td>whether every sender
 * may switch retrying off for its request</td></tr>
 * </table>
 *
 * <p>An init-param counts before a context-param. An unknown init-param, or a bad value, stops the deployment.
 *
 * <p>A response that has begun is not answered over: the failure goes on. Neither does this filter see what fails on a thread that
 * an asynchronous request has moved to. Thread-safe.
 */
public final class ResilienceFilter implements Filter {

    private static final Logger LOG = System.getLogger(ResilienceFilter.class.getName());

    /** How many {@link ServletException}s around each other are looked into. */
    private static final int DEEPEST = 16;

    private @Nullable FilterSwitches switches;

    /** For the container. */
    public ResilienceFilter() {}

    @Override
    public void init(FilterConfig config) {
        Map<String, String> initParams = new HashMap<>();
        for (String name : Collections.list(config.getInitParameterNames())) {
            initParams.put(name, config.getInitParameter(name));
        }
        switches = FilterSwitches.of(config.getFilterName(), initParams, config.getServletContext());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        FilterSwitches ready = switches;
        if (ready == null) {
            throw new IllegalStateException("doFilter before init: the container must initialise a filter first");
        }
        if (!(request instanceof HttpServletRequest httpRequest)
                || !(response instanceof HttpServletResponse httpResponse)) {
            chain.doFilter(request, response);
        } else if (ready.trustRetryMark() && isMarked(httpRequest)) {
            RetriesOff off = RetriesOff.begin();
            try {
                pass(ready, httpRequest, httpResponse, chain);
            } finally {
                off.end();
            }
        } else {
            pass(ready, httpRequest, httpResponse, chain);
        }
    }

    private static void pass(
            FilterSwitches switches, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // What is included may set neither status nor fields.
        if (!switches.answerRejections() || request.getDispatcherType() == DispatcherType.INCLUDE) {
            chain.doFilter(request, response);
            return;
        }
        RejectionAnswer answer = new RejectionAnswer(response);
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException failure) {
            Optional<RejectedException> rejected = rejection(failure);
            if (rejected.isEmpty() || response.isCommitted()) {
                throw failure;
            }
            LOG.log(Level.DEBUG, "answered 503", failure);
            answer.write(ReducedCapacity.until(rejected.get().retryAfter()), request);
        }
    }

    /** What servlet containers and frameworks put around it comes off first. */
    private static Optional<RejectedException> rejection(Throwable failure) {
        Throwable inside = failure;
        for (int depth = 0; depth < DEEPEST && inside instanceof ServletException; depth++) {
            Throwable cause = inside.getCause();
            if (cause == null) {
                break;
            }
            inside = cause;
        }
        return Failures.first(inside, RejectedException.class);
    }

    /** Two fields would be a list (RFC 9651, section 4.2), and that is no mark. */
    private static boolean isMarked(HttpServletRequest request) {
        Enumeration<String> marks = request.getHeaders(RetryMark.HEADER);
        if (marks == null || !marks.hasMoreElements()) {
            return false;
        }
        boolean asks = RetryMark.asksForNoRetry(marks.nextElement());
        return asks && !marks.hasMoreElements();
    }
}
