package io.seawall.observe.console;

import io.seawall.filter.RateLimitFilter;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.security.Credential;

/** An application {@code /shop} with a console, on a real server with users: ada may act, bob may look, eve may nothing. */
final class ConsoleServer implements AutoCloseable {

    static final String PASSWORD = "s3cret";

    final ServletContextHandler application =
            new ServletContextHandler("/shop", ServletContextHandler.NO_SESSIONS | ServletContextHandler.SECURITY);

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> params = new HashMap<>();
    private String mapping = "/seawall/*";

    ConsoleServer() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
    }

    ConsoleServer with(String param, String value) {
        params.put(param, value);
        return this;
    }

    ConsoleServer at(String pattern) {
        mapping = pattern;
        return this;
    }

    /** Users, and a way to log in, that nothing asks for. */
    ConsoleServer users() {
        UserStore users = new UserStore();
        users.addUser("ada", Credential.getCredential(PASSWORD), new String[] {"operator", "chief"});
        users.addUser("bob", Credential.getCredential(PASSWORD), new String[] {"operator"});
        users.addUser("eve", Credential.getCredential(PASSWORD), new String[] {"customer"});
        HashLoginService login = new HashLoginService("shop");
        login.setUserStore(users);
        ConstraintSecurityHandler security = new ConstraintSecurityHandler();
        security.setLoginService(login);
        security.setAuthenticator(new BasicAuthenticator());
        application.setSecurityHandler(security);
        return this;
    }

    /** As a security-constraint in web.xml: everybody who is logged in. */
    ConsoleServer constraint(String pattern) {
        ConstraintMapping constraint = new ConstraintMapping();
        constraint.setPathSpec(pattern);
        constraint.setConstraint(Constraint.ANY_USER);
        ((ConstraintSecurityHandler) application.getSecurityHandler()).addConstraintMapping(constraint);
        return this;
    }

    /** A filter with limits, on everything but the console. */
    ConsoleServer limits(String limits) {
        return limits(limits, "");
    }

    /** The same, counted in a Redis. */
    ConsoleServer limits(String limits, String redis) {
        FilterHolder filter = new FilterHolder(new RateLimitFilter());
        filter.setName("limits");
        filter.setInitParameter("limits", limits);
        filter.setInitParameter("redis", redis);
        filter.setInitParameter("client", "header:X-Api-Key, ip");
        application.addFilter(filter, "/api/*", EnumSet.of(DispatcherType.REQUEST));
        return this;
    }

    ConsoleServer start() throws Exception {
        return start(new ConsoleServlet());
    }

    ConsoleServer start(ConsoleServlet console) throws Exception {
        ServletHolder holder = new ServletHolder(console);
        holder.setName("console");
        holder.setInitOrder(1);
        holder.setInitParameters(params);
        application.addServlet(holder, mapping);
        server.start();
        return this;
    }

    /** A console that everybody may see and change. */
    static ConsoleServer open() throws Exception {
        return new ConsoleServer().with("insecure", "true").start();
    }

    String host() {
        return "127.0.0.1:" + connector.getLocalPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + host() + "/shop" + path))
                .timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> get(String user, String path) throws Exception {
        return send(as(user, request(path)));
    }

    static HttpRequest.Builder as(String user, HttpRequest.Builder request) {
        return request.header(
                "Authorization",
                "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
    }

    /** As the page sends it. */
    HttpRequest.Builder post(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .header("X-Seawall-Console", "1")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** Sends what is written, and reads until the server hangs up. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    HttpResponse<String> act(String body) throws Exception {
        return send(post("/seawall/api/action", body));
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
