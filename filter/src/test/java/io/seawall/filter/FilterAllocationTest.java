package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.seawall.filter.admin.RequestDescription;
import io.seawall.filter.route.RequestLine;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.RateLimiter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.Test;

/** What is counted of a request leaves no garbage, whether it is admitted or refused. */
class FilterAllocationTest {

    private static final int TIMES = 100_000;

    private final ServletContext application = new ServletContextHandler().getServletContext();

    private FilterConfig config(Map<String, String> initParams) {
        return (FilterConfig) Proxy.newProxyInstance(
                FilterConfig.class.getClassLoader(),
                new Class<?>[] {FilterConfig.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getFilterName" -> "api";
                    case "getServletContext" -> application;
                    case "getInitParameter" -> initParams.get((String) arguments[0]);
                    case "getInitParameterNames" -> Collections.enumeration(initParams.keySet());
                    default -> throw new IllegalStateException(method.getName());
                });
    }

    private long allocated(Map<String, String> initParams, int refused) throws ServletException {
        FilterSettings settings = FilterSettings.read(config(initParams));
        RateLimiter limiter = settings.newLimiter((server, answers, words) -> {});
        List<RequestPolicy> policies =
                settings.policies().stream().map(policy -> policy.bind(limiter)).toList();
        FilterMetrics metrics = new FilterMetrics("api", limiter, policies, new RefusedClients());
        HttpServletRequest request =
                RequestDescription.of("GET", "/", "192.0.2.1").asRequest(application);
        ServletResponse response = (ServletResponse) Proxy.newProxyInstance(
                ServletResponse.class.getClassLoader(), new Class<?>[] {ServletResponse.class}, (a, b, c) -> null);
        RequestClaims claims = new RequestClaims();
        policies.forEach(policy -> policy.addClaims(request, RequestLine.of(request), claims));
        Decision decision = limiter.decide(claims.all());
        for (int i = 0; i < refused; i++) {
            decision = limiter.decide(claims.all());
        }
        assertThat(decision.allowed()).isEqualTo(refused == 0);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        count(metrics, request, response, claims, decision);
        long before = threads.getCurrentThreadAllocatedBytes();
        count(metrics, request, response, claims, decision);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void count(
            FilterMetrics metrics,
            HttpServletRequest request,
            ServletResponse response,
            RequestClaims claims,
            Decision decision) {
        for (int i = 0; i < TIMES; i++) {
            metrics.inFlight().begin();
            long begun = metrics.decisions().begin();
            metrics.decisions().end(begun);
            metrics.decided(claims.all(), decision);
            metrics.inFlight().returned(request, response);
        }
    }

    @Test
    void counting_an_admitted_request_makes_no_garbage() throws Exception {
        // What the compiler and the measurement take is less than a byte each.
        assertThat(allocated(Map.of("limits", "10/1s; 1000/1h"), 0)).isLessThan(TIMES);
        assertThat(allocated(Map.of("limits", "1/1h"), 0)).as("near its limit").isLessThan(TIMES);
    }

    @Test
    void counting_a_refused_request_makes_no_garbage() throws Exception {
        assertThat(allocated(Map.of("limits", "a=1/1h; b=1000/1h"), 1)).isLessThan(TIMES);
    }
}
