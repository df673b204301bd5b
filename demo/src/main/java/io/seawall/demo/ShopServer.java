package io.seawall.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.DecoratingListener;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The example WAR on embedded Jetty, on the loopback interface. CDI and JSON lie beside the WAR, on the class path of the
 * web application and not on that of the demo, as on a server that brings them.
 */
final class ShopServer {

    private final Server server;
    private final ServerConnector connector;

    /**
     * Takes the port. Requests wait until {@link #start}.
     *
     * @param port where; 0 for any free port
     * @param threads how many threads it may have; each request holds one until it is answered
     * @throws IOException if the port is in use
     */
    ShopServer(int port, int threads) throws IOException {
        server = new Server(new QueuedThreadPool(threads));
        connector = new ServerConnector(server, new HttpConnectionFactory(quiet()));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        connector.open();
        server.addConnector(connector);
    }

    int port() {
        return connector.getLocalPort();
    }

    /**
     * Deploys the WAR.
     *
     * @param war the file
     * @param libraries the directory of what lies beside it
     * @throws Exception whatever stops the deployment
     */
    void start(Path war, Path libraries) throws Exception {
        WebAppContext shop = new WebAppContext();
        shop.setContextPath("/");
        shop.setWar(war.toString());
        shop.setExtraClasspath(jars(shop, libraries));
        shop.setThrowUnavailableOnStartupException(true);
        letWeldInject(shop);
        server.setHandler(shop);
        server.start();
    }

    /**
     * Undeploys the WAR and frees the port.
     *
     * @throws Exception if something did not end in order
     */
    void stop() throws Exception {
        server.stop();
        connector.close();
    }

    /**
     * What the module {@code cdi} of a Jetty installation does: Weld puts its decorator into an attribute, and Jetty has
     * every servlet, filter and listener that it makes decorated.
     */
    private static void letWeldInject(WebAppContext shop) {
        shop.setAttribute("org.eclipse.jetty.cdi", "CdiDecoratingListener");
        shop.addEventListener(new DecoratingListener(shop, "org.eclipse.jetty.cdi.decorator"));
    }

    private static List<Resource> jars(WebAppContext shop, Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(file -> shop.getResourceFactory().newResource(file))
                    .toList();
        }
    }

    private static HttpConfiguration quiet() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        return configuration;
    }
}
