package io.seawall.alone;

import io.seawall.filter.RateLimitFilter;
import io.seawall.observe.MetricsServlet;
import io.seawall.observe.bridge.MetricsBridges;
import io.seawall.observe.health.HealthInitializer;
import io.seawall.observe.health.HealthServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.IntSupplier;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty with a limited servlet, one that shows metrics and one for load balancers, on a free port of loopback; its port is what it supplies. */
public final class LimitedServer implements IntSupplier, AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    public LimitedServer(Map<String, String> initParams) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler application = new ServletContextHandler("/");
        FilterHolder filter = new FilterHolder(RateLimitFilter.class);
        filter.setName("limits");
        filter.setInitParameters(initParams);
        application.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        application.addServlet(new ServletHolder(new Hello()), "/");
        application.addServlet(MetricsServlet.class, "/metrics");
        application.addServlet(HealthServlet.class, "/health/*");
        application.addServletContainerInitializer(new HealthInitializer());
        application.addServletContainerInitializer(new MetricsBridges());
        server.setHandler(application);
        server.start();
    }

    @Override
    public int getAsInt() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Hello extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getOutputStream().print("hello");
        }
    }
}
