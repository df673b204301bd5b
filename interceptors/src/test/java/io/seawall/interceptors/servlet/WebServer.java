package io.seawall.interceptors.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty on a free port of loopback, with one application. */
final class WebServer implements AutoCloseable {

    /** What a servlet does, for any method of HTTP. */
    @FunctionalInterface
    interface Body {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final ServletContextHandler application = new ServletContextHandler("/");

    WebServer() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
    }

    ServletContextHandler application() {
        return application;
    }

    /** The filter, as {@code web.xml} would declare it. */
    WebServer resilienceFilter(Map<String, String> initParams) {
        FilterHolder holder = new FilterHolder(ResilienceFilter.class);
        holder.setName("resilience");
        holder.setAsyncSupported(true);
        holder.setInitParameters(initParams);
        application.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return this;
    }

    /** A filter of somebody else's; those that are added first are called first. */
    WebServer filter(Filter filter) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        application.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        return this;
    }

    WebServer servlet(String path, Body body) {
        ServletHolder holder = new ServletHolder(new BodyServlet(body));
        holder.setAsyncSupported(true);
        application.addServlet(holder, path);
        return this;
    }

    WebServer start() throws Exception {
        server.start();
        return this;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request byte by byte as it is written here, and reads until the server closes the connection. */
    String raw(String request) throws IOException {
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

    private static final class BodyServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient Body body;

        BodyServlet(Body body) {
            this.body = body;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            body.answer(request, response);
        }
    }
}
