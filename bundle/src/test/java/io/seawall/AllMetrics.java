package io.seawall;

import io.seawall.filter.RateLimitFilter;
import io.seawall.interceptors.observers.Observers;
import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.MetricRegistry;
import io.seawall.observe.MetricsServlet;
import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.RetryPolicy;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/**
 * Every metric that there is: of a target with all patterns, and of a filter with Redis.
 *
 * @param families as they are read
 * @param text as Prometheus gets them
 */
record AllMetrics(List<MetricFamily> families, String text) {

    static AllMetrics read() throws Exception {
        ServletContextHandler application = new ServletContextHandler("/");
        FilterHolder filter = new FilterHolder(RateLimitFilter.class);
        filter.setName("api");
        filter.setInitParameters(Map.of("redis", "redis://127.0.0.1:1")); // where nobody is
        application.addFilter(filter, "/api/*", EnumSet.of(DispatcherType.REQUEST));
        application.addServlet(MetricsServlet.class, "/metrics");
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server);
        server.addConnector(connector);
        server.setHandler(application);
        server.start();
        try (Targets targets = new Targets()) {
            MetricRegistry resilience = ofATarget(targets);
            application.getServletContext().setAttribute(MetricRegistry.ATTRIBUTE_PREFIX + "resilience", resilience);
            MetricRegistry limits = (MetricRegistry)
                    application.getServletContext().getAttribute(MetricRegistry.ATTRIBUTE_PREFIX + "api");
            List<MetricFamily> all = new ArrayList<>(resilience.families());
            all.addAll(limits.families());
            return new AllMetrics(
                    all, connector.getResponse("GET /metrics HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"));
        } finally {
            server.stop();
        }
    }

    private static MetricRegistry ofATarget(Targets targets) {
        MetricRegistry registry = new MetricRegistry();
        targets.<String>around("payments", call -> call)
                .retry(RetryPolicy.defaults())
                .breaker(BreakerPolicy.defaults())
                .bulkhead(new BulkheadPolicy(7, Duration.ZERO))
                .build();
        targets.register(registry);
        new Observers(Thread::new, Runnable::run, registry).close();
        return registry;
    }
}
