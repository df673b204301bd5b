package io.seawall.observe;

import io.seawall.metrics.MetricRegistry;
import jakarta.servlet.ServletContext;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** The servlet context of an application that is there. */
public final class Application implements AutoCloseable {

    private final Server server = new Server();
    private final ServletContextHandler handler;

    public Application(String path) throws Exception {
        handler = new ServletContextHandler(path);
        server.setHandler(handler);
        server.start();
    }

    public ServletContext context() {
        return handler.getServletContext();
    }

    public void publish(String owner, MetricRegistry registry) {
        context().setAttribute(MetricRegistry.ATTRIBUTE_PREFIX + owner, registry);
    }

    public void withdraw(String owner) {
        context().removeAttribute(MetricRegistry.ATTRIBUTE_PREFIX + owner);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
