package io.seawall.filter.caching;

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
import org.jspecify.annotations.Nullable;

/**
 * Tells caches what they may do with answers: for how long they are fresh ({@code max-age}, RFC 9111), how long they may be used
 * while they are fetched anew or cannot be ({@code stale-while-revalidate}, {@code stale-if-error}, RFC 5861), and by an
 * {@code ETag} whether they have changed; who has the answer already gets 304 (RFC 9110, section 15.4.5). Declare it in {@code
 * web.xml}, with {@code async-supported}, for what is the same for everybody:
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>CacheHeadersFilter</filter-name>
 *   <filter-class>io.seawall.filter.caching.CacheHeadersFilter</filter-class>
 *   <async-supported>true</async-supported>
 *   <init-param>
 *     <param-name>max-age</param-name>
 *     <param-value>10s</param-value>
 *   </init-param>
 * </filter>
 * <filter-mapping>
 *   <filter-name>CacheHeadersFilter</filter-name>
 *   <url-pattern>/api/products</url-pattern>
 * </filter-mapping>
 * }</pre>
 *
 * <p>Init-params, all optional; a value may hold <code>${NAME}</code> or <code>${NAME:default}</code>, read from system
 * properties, then from the environment. An unknown one, or a bad value, stops the deployment.
 *
 * <table>
 * <caption>Init-params</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code max-age}</td><td>{@code 60s}</td><td>how long an answer is fresh, {@code 0s} to {@code 365d}, whole
 * seconds</td></tr>
 * <tr><td>{@code s-maxage}</td><td>blank: not said</td><td>the same for caches that are shared, as a CDN</td></tr>
 * <tr><td>{@code stale-while-revalidate}</td><td>{@code 30s}</td><td>how long it may be used beyond that while a cache fetches it
 * anew; blank or {@code 0s}: not said</td></tr>
 * <tr><td>{@code stale-if-error}</td><td>{@code 10m}</td><td>how long it may be used beyond that while there is an error instead
 * of an answer; blank or {@code 0s}: not said</td></tr>
 * <tr><td>{@code etag}</td><td>{@code weak}</td><td>{@code weak}, {@code strong}, or {@code none}</td></tr>
 * <tr><td>{@code max-body}</td><td>{@code 64KiB}</td><td>up to which size an answer gets an {@code ETag}, {@code 1KiB} to {@code
 * 16MiB}: so much of it is held back</td></tr>
 * </table>
 *
 * <p>Only GET and HEAD, and only status 200 (and {@code Cache-Control} on a 304 of the application). What the application has set
 * stays: an answer that has {@code Cache-Control}, {@code Expires} or {@code Pragma} gets no other, one that has an {@code ETag}
 * keeps it, and one that is {@code no-store} is left alone. An answer to somebody, as told by {@code Authorization}, a user, a session or {@code
 * Set-Cookie}, is {@code private, no-cache}. An answer that is larger than {@code max-body}, flushed on its way, forwarded or asynchronous gets
 * no {@code ETag}, and is passed on as it comes. Beside {@code If-None-Match} the application sees no {@code If-Modified-Since},
 * unless {@code etag} is {@code none}.
 *
 * <p>A request is seen to once, however often it is dispatched. Thread-safe.
 */
public final class CacheHeadersFilter implements Filter {

    private static final Logger LOG = System.getLogger(CacheHeadersFilter.class.getName());

    private @Nullable CachingSettings settings;

    /** For the container. */
    public CacheHeadersFilter() {}

    @Override
    public void init(FilterConfig config) throws ServletException {
        settings = CachingSettings.read(config);
        LOG.log(Level.DEBUG, "Filter ''{0}'' tells caches: {1}", config.getFilterName(), settings);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CachingSettings ready = settings;
        if (ready == null) {
            throw new IllegalStateException("doFilter before init: the container must initialise a filter first");
        }
        if (request instanceof HttpServletRequest httpRequest
                && response instanceof HttpServletResponse httpResponse
                && isCacheable(httpRequest)
                && isFirstSight(httpRequest, ready.seenAttribute())) {
            answer(new CachedRequest(httpRequest, httpResponse, ready), chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** What is included may set no fields, and an error is none that lasts. */
    private static boolean isCacheable(HttpServletRequest request) {
        String method = request.getMethod();
        DispatcherType dispatch = request.getDispatcherType();
        return (method.equals("GET") || method.equals("HEAD"))
                && dispatch != DispatcherType.INCLUDE
                && dispatch != DispatcherType.ERROR;
    }

    private static boolean isFirstSight(HttpServletRequest request, String attribute) {
        if (request.getAttribute(attribute) != null) {
            return false;
        }
        request.setAttribute(attribute, true);
        return true;
    }

    private static void answer(CachedRequest request, FilterChain chain) throws IOException, ServletException {
        CachedAnswer answer = request.answer();
        try {
            chain.doFilter(request, answer);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            answer.abandon();
            throw e;
        }
        if (request.isAsyncStarted()) {
            answer.asynchronous(); // also if it was started past us
        } else if (!answer.isAsynchronous()) {
            answer.finish();
        }
    }
}
