package io.seawall.filter;

import io.seawall.filter.answer.Answers;
import io.seawall.filter.route.RequestLine;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.ratelimit.StoreUnavailableException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link RateLimitFilter} does with a request, line by line, but for what it counts: so that what counting costs can be measured
 * in one run, and the filter itself needs no switch. Of its package, for its parts are.
 */
public final class UncountedFilter implements Filter {

    private final FilterSettings settings;
    private final String seenAttribute;
    private final RateLimiter limiter;
    private final List<RequestPolicy> policies;
    private final Doctor doctor;

    /**
     * A filter that is ready.
     *
     * @param config as that of the other
     * @throws ServletException if it is wrong
     */
    public UncountedFilter(FilterConfig config) throws ServletException {
        settings = FilterSettings.read(config);
        seenAttribute = RateLimitFilter.class.getName() + "@"
                + config.getServletContext().getContextPath() + "/" + config.getFilterName();
        limiter = settings.newLimiter((server, answers, words) -> {});
        policies =
                settings.policies().stream().map(policy -> policy.bind(limiter)).toList();
        doctor = Doctor.of(config.getFilterName(), settings);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest httpRequest
                && response instanceof HttpServletResponse httpResponse
                && firstSightOf(httpRequest)) {
            firstSeen(httpRequest, httpResponse, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void firstSeen(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (exemption(request) == null) {
            limit(request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void limit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestClaims claims = claims(request);
        if (claims.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Answers answers = settings.answers();
        Decision decision;
        long askedMillis = doctor.now();
        try {
            decision = limiter.decide(claims.all());
        } catch (StoreUnavailableException e) {
            answers.unavailable(request, response);
            return;
        }
        doctor.decided(request, response, claims.client(), decision, askedMillis);
        if (decision instanceof Decision.Denied denied) {
            answers.refuse(denied, request, response);
            return;
        }
        Decision.Allowed allowed = (Decision.Allowed) decision;
        answers.admit(allowed, request, response);
        if (!allowed.shadowRefusals().isEmpty()) {
            throw new IllegalStateException("nothing is in shadow");
        }
        Settlement settlement = claims.settlement(limiter, allowed, response);
        if (settlement == null) {
            chain.doFilter(request, response);
        } else {
            settlement.follow(chain, request);
        }
    }

    private boolean firstSightOf(HttpServletRequest request) {
        if (request.getAttribute(seenAttribute) != null) {
            doctor.seenAgain(request);
            return false;
        }
        request.setAttribute(seenAttribute, true);
        return true;
    }

    private @Nullable Exemption exemption(HttpServletRequest request) {
        Exemption exemption = Exemption.of(request, settings);
        if (exemption == Exemption.CLIENT) {
            doctor.exempted(request);
        }
        return exemption;
    }

    private RequestClaims claims(HttpServletRequest request) {
        RequestClaims claims = new RequestClaims();
        RequestLine line = RequestLine.of(request);
        for (int i = 0; i < policies.size(); i++) {
            policies.get(i).addClaims(request, line, claims);
        }
        return claims;
    }

    @Override
    public void destroy() {
        limiter.close();
    }
}
