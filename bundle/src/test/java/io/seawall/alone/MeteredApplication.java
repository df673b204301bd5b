package io.seawall.alone;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.seawall.filter.RateLimitFilter;
import io.seawall.observe.micrometer.SeawallMetrics;
import io.seawall.observe.opentelemetry.SeawallTelemetry;
import jakarta.servlet.DispatcherType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** Jetty with a filter whose metrics go to Micrometer and to OpenTelemetry: their names there, then those that are left. */
public final class MeteredApplication implements Callable<List<String>> {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();

    public MeteredApplication() {}

    @Override
    public List<String> call() throws Exception {
        ServletContextHandler application = new ServletContextHandler("/shop");
        FilterHolder filter = new FilterHolder(RateLimitFilter.class);
        filter.setName("limits");
        application.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        Server server = new Server();
        server.setHandler(application);
        server.start();
        List<String> seen = new ArrayList<>();
        try (SdkMeterProvider provider =
                SdkMeterProvider.builder().registerMetricReader(reader).build()) {
            Meter meter = provider.get("shop");
            try (SeawallMetrics metrics = new SeawallMetrics(application.getServletContext());
                    SeawallTelemetry telemetry = new SeawallTelemetry(application.getServletContext())) {
                metrics.bindTo(registry);
                telemetry.bindTo(meter);
                seen.add(names());
            }
            seen.add(names());
        } finally {
            server.stop();
        }
        return seen;
    }

    private String names() {
        TreeSet<String> names = new TreeSet<>();
        registry.getMeters()
                .forEach(meter -> names.add("micrometer " + meter.getId().getName()));
        reader.collectAllMetrics().forEach(metric -> names.add("opentelemetry " + metric.getName()));
        return String.join(", ", names);
    }
}
