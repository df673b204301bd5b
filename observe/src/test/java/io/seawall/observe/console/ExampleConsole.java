package io.seawall.observe.console;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** The page in front of an {@link ExampleNode}: a server that speaks as the console does, with its files and
 * fields, and can be put out of order. */
final class ExampleConsole implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final AtomicInteger status = new AtomicInteger(200);

    ExampleConsole(ExampleNode node) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler application = new ServletContextHandler("/shop");
        application.addServlet(new ServletHolder(new Page(node, status)), "/seawall/*");
        server.setHandler(application);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + connector.getLocalPort() + "/shop/seawall/";
    }

    /** From now on the API answers so: 200 as it should, 302 to a login page, or a failure. */
    void answers(int with) {
        status.set(with);
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    private static final class Page extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient ExampleNode node;
        private final transient AtomicInteger status;
        private final transient Assets assets = new Assets();

        Page(ExampleNode node, AtomicInteger status) throws IOException {
            this.node = node;
            this.status = status;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            StrictFields.set(response);
            String path = request.getPathInfo().substring(1);
            if (path.startsWith("api/")) {
                api(path, request, response);
                return;
            }
            try {
                assets.send("/" + path, request, response);
            } catch (Problem notThere) {
                response.setStatus(notThere.status());
            }
        }

        private void api(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (status.get() == 302) {
                response.sendRedirect("/login");
            } else if (status.get() != 200) {
                problem(response, status.get(), "The example was told to answer so.");
            } else if (path.equals("api/state")) {
                json(response, node.state());
            } else if (path.equals("api/history")) {
                String since = request.getParameter("since");
                json(response, node.history(since == null ? 0 : Long.parseLong(since)));
            } else if (!"1".equals(request.getHeader("X-Seawall-Console"))
                    || !"application/json".equals(request.getContentType())) {
                problem(response, 403, "not asked by the page");
            } else if (path.equals("api/explain")) {
                json(response, node.explain(body(request)));
            } else {
                String done = node.act(body(request));
                if (done == null) {
                    problem(response, 400, "no such action");
                } else {
                    json(response, Json.createObjectBuilder().add("done", done).build());
                }
            }
        }

        private JsonObject body(HttpServletRequest request) throws IOException {
            try (JsonReader reader = Json.createReader(request.getInputStream())) {
                return reader.readObject();
            }
        }

        private void problem(HttpServletResponse response, int code, String detail) throws IOException {
            response.setStatus(code);
            write(
                    response,
                    "application/problem+json",
                    Json.createObjectBuilder().add("detail", detail).build());
        }

        private void json(HttpServletResponse response, JsonObject body) throws IOException {
            write(response, "application/json", body);
        }

        private void write(HttpServletResponse response, String type, JsonObject body) throws IOException {
            response.setContentType(type);
            response.setHeader("Cache-Control", "no-store");
            response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
