package io.seawall.benchmarks.http;

import io.seawall.filter.RateLimitFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty on a free port of loopback, with a servlet that answers at once. */
final class BenchmarkServer implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    BenchmarkServer(boolean withFilter) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler application = new ServletContextHandler("/");
        if (withFilter) {
            FilterHolder filter = new FilterHolder(RateLimitFilter.class);
            filter.setName("benchmark");
            filter.setAsyncSupported(true);
            // Nobody is refused: a refusal is cheaper than the answer that it saves.
            filter.setInitParameter("limits", "1000000000/60s");
            application.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        application.addServlet(new ServletHolder(new Hello()), "/hello");
        server.setHandler(application);
        server.start();
    }

    int port() {
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
        private static final byte[] BODY = "{\"hello\":\"world\"}".getBytes(StandardCharsets.UTF_8);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.setContentLength(BODY.length);
            response.getOutputStream().write(BODY);
        }
    }
}
