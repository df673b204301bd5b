package io.seawall.filter;

import io.seawall.filter.answer.Answers;
import io.seawall.filter.jmx.ShownFilter;
import io.seawall.filter.route.RequestLine;
import io.seawall.jdk.LinkedRecords;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.ratelimit.StoreUnavailableException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds every client to its limits. Declare it in {@code web.xml}, with {@code async-supported}, before what it protects:
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>RateLimitFilter</filter-name>
 *   <filter-class>io.seawall.filter.RateLimitFilter</filter-class>
 *   <async-supported>true</async-supported>
 *   <init-param>
 *     <param-name>limits</param-name>
 *     <param-value>100/60s</param-value>
 *   </init-param>
 * </filter>
 * <filter-mapping>
 *   <filter-name>RateLimitFilter</filter-name>
 *   <url-pattern>/api/*</url-pattern>
 * </filter-mapping>
 * }</pre>
 *
 * <p>Init-params, all optional; a value may hold <code>${NAME}</code> or <code>${NAME:default}</code>, read from system
 * properties, then from the environment. An unknown one, or a bad value, stops the deployment.
 *
 * <table>
 * <caption>Init-params</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code limits}</td><td>{@code 100/60s}</td><td>{@code [name=]permits/window [algorithm] [burst=N] [shadow]}, several
 * with {@code ;} between them, all must pass; see {@link io.seawall.ratelimit.QuotaPolicies#parse}</td></tr>
 * <tr><td>{@code client}</td><td>{@code ip}</td><td>who is counted: {@code principal}, {@code header:NAME}, {@code cookie:NAME},
 * {@code attribute:NAME}, {@code session}, {@code ip}, {@code global} (everybody is one client) or the name of a
 * {@link io.seawall.filter.client.ClientIdentifier}; parts joined by {@code +} must all be there; several with {@code ,} between them, the first that
 * tells; at the end always {@code ip}</td></tr>
 * <tr><td>{@code trusted-proxies}</td><td>blank: none</td><td>networks (CIDR) and addresses, with {@code ,} between them; of a
 * request from there, the client's address is read from the {@code forwarded-header}</td></tr>
 * <tr><td>{@code forwarded-header}</td><td>blank: {@code X-Forwarded-For}</td><td>or {@code Forwarded} (RFC 7239); only with
 * {@code trusted-proxies}</td></tr>
 * <tr><td>{@code ipv6-prefix}</td><td>{@code 64}</td><td>how many of the first bits of an IPv6 address are one client, 32 to
 * 128</td></tr>
 * <tr><td>{@code redis}</td><td>blank: in this JVM</td><td>{@code redis://[[user]:password@]host[:port][/database]}</td></tr>
 * <tr><td>{@code key-prefix}</td><td>{@code seawall}</td><td>first part of every Redis key, 1 to 64 of
 * {@code A-Z a-z 0-9 _ - . :}</td></tr>
 * <tr><td>{@code store-timeout}</td><td>{@code 25ms}</td><td>how long a decision of Redis may take, 1 ms to 10 s</td></tr>
 * <tr><td>{@code on-store-failure}</td><td>{@code local}</td><td>{@code local}: this node counts alone; {@code allow}: nobody
 * counts; {@code deny}: 503</td></tr>
 * <tr><td>{@code lease}</td><td>none</td><td>how many permits a node may take at once from Redis for a client that it sees often,
 * {@code 2} to {@code 10000}; not with {@code token-bucket} or {@code penalty}</td></tr>
 * <tr><td>{@code max-clients}</td><td>{@code 100000}</td><td>how many clients this node keeps apart in its own memory, 1 to
 * 10000000; beside Redis, while that is away</td></tr>
 * <tr><td>{@code max-client-memory}</td><td>{@code 64MiB}</td><td>how much heap they may take, {@code 1MiB} to {@code 1TiB}: a
 * whole number and {@code KiB}, {@code MiB}, {@code GiB} or {@code TiB}</td></tr>
 * <tr><td>{@code headers}</td><td>{@code draft}</td><td>{@code draft}: {@code RateLimit-Policy} and {@code RateLimit};
 * {@code legacy}: {@code X-RateLimit-Limit}, {@code -Remaining}, {@code -Reset} (seconds from now) of the limit that is nearest to a
 * refusal; {@code none}</td></tr>
 * <tr><td>{@code refusal-page}</td><td>blank: built in</td><td>the path of a page of the application for browsers, which may have
 * {@code {retry-after}} and {@code {policies}}, up to 64 KiB; or the name of a class, see {@link
 * io.seawall.filter.answer.RefusalWriter}</td></tr>
 * <tr><td>{@code preflights}</td><td>{@code exempt}</td><td>{@code exempt}: CORS preflights are not counted; {@code count}: they
 * are</td></tr>
 * <tr><td>{@code policies}</td><td>blank: one policy</td><td>a properties file with several: which requests, limits, tiers and
 * costs of each</td></tr>
 * </table>
 *
 * <p>More, and examples: docs/filter.md and docs/guide.
 *
 * <p>An answer tells the client where it stands, unless nobody counted, in the {@code RateLimit-Policy} and {@code RateLimit} fields
 * (draft-ietf-httpapi-ratelimit-headers, RFC 9651). A refused request gets 429 (RFC 6585) with {@code Retry-After} (RFC
 * 9110) and, by what it accepts, a problem document (RFC 9457), a page or a line of text; what is behind the filter does not
 * see it.
 *
 * <p>While the application drains (io.seawall.observe.health.Draining) every answer over HTTP/1.1 says {@code Connection: close}.
 *
 * <p>A request is counted once, however often it is dispatched (ASYNC, ERROR, FORWARD, INCLUDE). Thread-safe.
 */
public final class RateLimitFilter implements Filter {

    /**
     * The request attribute of an admitted request that limits in shadow would have refused: their names, with {@code ", "}
     * between them, for an access log.
     */
    public static final String SHADOW_REFUSALS = "io.seawall.filter.shadow-refusals";

    private static final Logger LOG = System.getLogger(RateLimitFilter.class.getName());

    private @Nullable Parts parts;

    /** For the container. */
    public RateLimitFilter() {}

    @Override
    public void init(FilterConfig config) throws ServletException {
        FilterSettings settings = FilterSettings.read(config);
        ServletContext application = config.getServletContext();
        FilterEvents events =
                new FilterEvents(application, config.getFilterName(), settings.policies(), InstantSource.system());
        RateLimiter limiter = settings.newLimiter(events);
        try {
            parts = parts(config, settings, events, limiter);
        } catch (RuntimeException | Error e) {
            limiter.close(); // nobody calls destroy on a filter that has not begun
            throw e;
        }
        LOG.log(Level.INFO, "Filter ''{0}'' holds clients to their limits: {1}", config.getFilterName(), settings);
    }

    private static Parts parts(FilterConfig config, FilterSettings settings, FilterEvents events, RateLimiter limiter) {
        ServletContext application = config.getServletContext();
        List<RequestPolicy> policies =
                settings.policies().stream().map(policy -> policy.bind(limiter)).toList();
        TwinFilters.warn(application, config.getFilterName(), settings);
        RefusedClients refused = new RefusedClients();
        new RateLimits(config.getFilterName(), application, limiter, settings, policies, refused).publish(application);
        FilterMetrics metrics = new FilterMetrics(config.getFilterName(), limiter, policies, refused);
        metrics.publish(application);
        return new Parts(
                application,
                config.getFilterName(),
                RateLimitFilter.class.getName() + "@" + application.getContextPath() + "/" + config.getFilterName(),
                settings,
                limiter,
                policies,
                metrics,
                events,
                DrainingFlag.of(application),
                ShownFilter.show(application.getContextPath(), config.getFilterName(), metrics.registry()),
                Doctor.of(config.getFilterName(), settings));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Parts ready = parts;
        if (ready == null) {
            throw new IllegalStateException("doFilter before init: the container must initialise a filter first");
        }
        if (request instanceof HttpServletRequest httpRequest
                && response instanceof HttpServletResponse httpResponse
                && ready.firstSightOf(httpRequest)) {
            if (ready.draining.get()) {
                endConnection(httpRequest, httpResponse);
            }
            RequestsInFlight inFlight = ready.metrics.inFlight();
            inFlight.begin();
            try {
                firstSeen(ready, httpRequest, httpResponse, chain);
            } finally {
                inFlight.returned(request, response);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    /** HTTP/2 has no such field (RFC 9113, section 8.2.2); there the server says it. */
    private static void endConnection(HttpServletRequest request, HttpServletResponse response) {
        if (request.getProtocol().startsWith("HTTP/1.")) {
            response.setHeader("Connection", "close");
        }
    }

    private static void firstSeen(
            Parts parts, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exemption exemption = parts.exemption(request);
        if (exemption == null) {
            limit(parts, request, response, chain);
        } else {
            parts.metrics.exempted(exemption);
            chain.doFilter(request, response);
        }
    }

    private static void limit(Parts parts, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestClaims claims = parts.claims(request);
        if (claims.isEmpty()) {
            parts.metrics.exempted(Exemption.NO_POLICY);
            chain.doFilter(request, response);
            return;
        }
        Answers answers = parts.settings.answers();
        Decision decision;
        long askedMillis = parts.doctor.now();
        try {
            decision = parts.decide(claims);
        } catch (StoreUnavailableException e) {
            parts.metrics.unavailable(claims.all());
            answers.unavailable(request, response);
            return;
        }
        parts.metrics.decided(claims.all(), decision);
        parts.doctor.decided(request, response, claims.client(), decision, askedMillis);
        if (decision instanceof Decision.Denied denied) {
            parts.events.refused(denied);
            answers.refuse(denied, request, response);
            return;
        }
        Decision.Allowed allowed = (Decision.Allowed) decision;
        answers.admit(allowed, request, response);
        if (!allowed.shadowRefusals().isEmpty()) {
            tellShadowRefusals(allowed, request);
        }
        Settlement settlement = claims.settlement(parts.limiter, allowed, response);
        if (settlement == null) {
            chain.doFilter(request, response);
        } else {
            settlement.follow(chain, request);
        }
    }

    /** Beside those that another filter has told. */
    private static void tellShadowRefusals(Decision.Allowed allowed, HttpServletRequest request) {
        Object told = request.getAttribute(SHADOW_REFUSALS);
        String names = allowed.shadowRefusals().stream().map(QuotaPolicy::name).collect(Collectors.joining(", "));
        request.setAttribute(SHADOW_REFUSALS, told == null ? names : told + ", " + names);
    }

    @Override
    public void destroy() {
        if (parts != null) {
            try {
                parts.shown.close();
                parts.metrics.withdraw(parts.application);
                RateLimits.withdraw(parts.application, parts.filterName);
            } finally { // also if the server does not let go of an attribute any more
                parts.limiter.close();
                parts.events.withdraw(parts.application);
                LinkedRecords.letGo();
            }
        }
    }

    /** What {@link #init} makes of the init-params. */
    private record Parts(
            ServletContext application,
            String filterName,
            String seenAttribute,
            FilterSettings settings,
            RateLimiter limiter,
            List<RequestPolicy> policies,
            FilterMetrics metrics,
            FilterEvents events,
            AtomicBoolean draining,
            ShownFilter shown,
            Doctor doctor) {

        /** A dispatch of a request that was counted before carries its mark. */
        boolean firstSightOf(HttpServletRequest request) {
            if (request.getAttribute(seenAttribute) != null) {
                doctor.seenAgain(request);
                return false;
            }
            request.setAttribute(seenAttribute, true);
            return true;
        }

        @Nullable
        Exemption exemption(HttpServletRequest request) {
            Exemption exemption = Exemption.of(request, settings);
            if (exemption == Exemption.CLIENT) {
                doctor.exempted(request);
            }
            return exemption;
        }

        Decision decide(RequestClaims claims) {
            long begun = metrics.decisions().begin();
            try {
                return limiter.decide(claims.all());
            } finally {
                metrics.decisions().end(begun);
            }
        }

        RequestClaims claims(HttpServletRequest request) {
            RequestClaims claims = new RequestClaims();
            RequestLine line = RequestLine.of(request);
            for (int i = 0; i < policies.size(); i++) {
                policies.get(i).addClaims(request, line, claims);
            }
            return claims;
        }
    }
}
