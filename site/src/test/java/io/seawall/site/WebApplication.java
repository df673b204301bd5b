package io.seawall.site;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A web application of a page's blocks, on a Jetty of its own: what stops its deployment stops the page. */
final class WebApplication {

    /** Who asks it while it runs. */
    interface Clients {

        /**
         * Asks.
         *
         * @param root its address, without a slash at the end
         */
        void ask(URI root) throws Exception;
    }

    private final Path directory;
    private final Path classes;
    private final StringBuilder webXml = new StringBuilder();

    /**
     * An empty one.
     *
     * @param directory for its files
     * @param classes where its classes are
     */
    WebApplication(Path directory, Path classes) throws IOException {
        this.directory = directory;
        this.classes = classes;
        Files.createDirectories(directory.resolve("WEB-INF"));
        Files.createDirectories(classes);
    }

    WebApplication file(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
        return this;
    }

    /** Adds elements to its {@code web.xml}. */
    WebApplication webXml(String elements) {
        webXml.append(elements);
        return this;
    }

    /** A filter of this class, with init-params. */
    WebApplication filter(String filterClass, String initParams) {
        return webXml("<filter><filter-name>RateLimitFilter</filter-name><filter-class>" + filterClass
                + "</filter-class><async-supported>true</async-supported>" + initParams
                + "</filter><filter-mapping><filter-name>RateLimitFilter</filter-name>"
                + "<url-pattern>/*</url-pattern></filter-mapping>");
    }

    /** A servlet of this class, with init-params. */
    WebApplication servlet(String servletClass, String initParams) {
        return webXml("<servlet><servlet-name>servlet</servlet-name><servlet-class>" + servletClass
                + "</servlet-class>" + initParams
                + "</servlet><servlet-mapping><servlet-name>servlet</servlet-name>"
                + "<url-pattern>/seawall/*</url-pattern></servlet-mapping>");
    }

    /** Starts it, has all servlets of ours begin, and ends it. */
    void deploy() throws Exception {
        run(root -> {});
    }

    /**
     * The same, and has somebody ask it meanwhile.
     *
     * @param clients is told where it is
     */
    void run(Clients clients) throws Exception {
        file(
                "WEB-INF/web.xml",
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">" + webXml + "</web-app>");
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        HashLoginService users = new HashLoginService("shop");
        users.setUserStore(new UserStore());
        WebAppContext context = new WebAppContext(directory.toString(), "/shop");
        context.getSecurityHandler().setLoginService(users);
        context.setThrowUnavailableOnStartupException(true);
        context.setDefaultsDescriptor(null);
        context.setExtraClasspath(classes.toString());
        server.setHandler(context);
        try {
            server.start();
            for (ServletHolder servlet : context.getServletHandler().getServlets()) {
                if (isOurs(servlet.getClassName())) {
                    servlet.getServlet();
                }
            }
            clients.ask(URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/shop"));
        } finally {
            server.stop();
        }
    }

    private static boolean isOurs(String name) {
        return name.startsWith("io.seawall.") || name.startsWith("com.example.");
    }

    /** The init-params that say where a file is, for whoever has none of his own. */
    static String initParams(Map<String, String> params) {
        StringBuilder text = new StringBuilder();
        params.forEach((name, value) -> text.append("<init-param><param-name>")
                .append(name)
                .append("</param-name><param-value>")
                .append(value)
                .append("</param-value></init-param>"));
        return text.toString();
    }
}
