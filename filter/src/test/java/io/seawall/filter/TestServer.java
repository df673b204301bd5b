package io.seawall.filter;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** Jetty on a free port of loopback, with one application. */
public final class TestServer implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final ServletContextHandler application = new ServletContextHandler("/shop");
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public TestServer() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
    }

    public TestServer filter(String name, Map<String, String> initParams) {
        return filter(name, "/*", initParams, DispatcherType.REQUEST);
    }

    public TestServer filter(
            String name, String pattern, Map<String, String> initParams, DispatcherType... dispatches) {
        FilterHolder holder = new FilterHolder(RateLimitFilter.class);
        holder.setName(name);
        holder.setAsyncSupported(true);
        holder.setInitParameters(initParams);
        application.addFilter(holder, pattern, EnumSet.of(dispatches[0], dispatches));
        return this;
    }

    /** A filter of somebody else's; those that are added first are called first. */
    public TestServer filter(Filter filter) {
        application.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        return this;
    }

    /** Maps a filter that is already there once more. */
    public TestServer mapAgain(String pattern) {
        FilterHolder holder = application.getServletHandler().getFilters()[0];
        application.addFilter(holder, pattern, EnumSet.of(DispatcherType.REQUEST));
        return this;
    }

    public TestServer servlet(String path, Servlet servlet) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        application.addServlet(holder, path);
        return this;
    }

    public ServletContextHandler application() {
        return application;
    }

    /** The files of the application, {@code WEB-INF} among them. */
    public TestServer resources(Path directory) {
        application.setBaseResource(ResourceFactory.of(application).newResource(directory));
        return this;
    }

    public TestServer start() throws Exception {
        server.start();
        return this;
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    public HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/shop" + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request byte by byte as it is written here, and reads until the server closes the connection. */
    public String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
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
