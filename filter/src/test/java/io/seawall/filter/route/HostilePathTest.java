package io.seawall.filter.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.HostilePaths;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

/**
 * Request lines as no client library would send them, to a real container. What comes through to a servlet must be
 * included by the route of that servlet, and exempt only in its one spelling; 400 is as good.
 */
class HostilePathTest {

    /** The routes that say the same as the mapping of the servlet. */
    private static final Map<String, Routes> ROUTES =
            Map.of("/login", Routes.parse("/login"), "/api/*", Routes.parse("/api/**"));

    /** One that came through, with what was said of it before. */
    private record Arrival(String uri, String servlet, boolean included, boolean exempt) {}

    /** Says which servlet it is, and by which routes the request was included and exempt. */
    private static final class Target extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final String mapping;
        private final transient Queue<Arrival> arrivals;

        Target(String mapping, Queue<Arrival> arrivals) {
            this.mapping = mapping;
            this.arrivals = arrivals;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            RequestLine line = (RequestLine) request.getAttribute("line");
            Routes routes = ROUTES.getOrDefault(mapping, Routes.parse("/else"));
            arrivals.add(new Arrival(request.getRequestURI(), mapping, routes.include(line), routes.exempt(line)));
        }
    }

    private static List<Arrival> send(UriCompliance compliance, boolean decodeAmbiguous, List<String> targets)
            throws Exception {
        Server server = new Server();
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setUriCompliance(compliance);
        LocalConnector connector = new LocalConnector(server, new HttpConnectionFactory(configuration));
        server.addConnector(connector);
        Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
        ServletContextHandler application = new ServletContextHandler("/shop");
        application.getServletHandler().setDecodeAmbiguousURIs(decodeAmbiguous);
        Filter filter = (request, response, chain) -> {
            request.setAttribute("line", RequestLine.of((HttpServletRequest) request));
            chain.doFilter(request, response);
        };
        application.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST));
        for (String mapping : List.of("/login", "/api/*", "/")) {
            application.addServlet(new ServletHolder(new Target(mapping, arrivals)), mapping);
        }
        server.setHandler(application);
        server.start();
        try {
            for (String target : targets) {
                connector.getResponse("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            }
        } finally {
            server.stop();
        }
        return List.copyOf(arrivals);
    }

    private static List<String> spellings() {
        return Stream.concat(HostilePaths.below("/shop").stream(), HostilePaths.combinedBelow("/shop").stream())
                .toList();
    }

    private static void check(List<Arrival> arrivals) {
        assertThat(arrivals).extracting(Arrival::servlet).contains("/login", "/api/*", "/");
        assertThat(arrivals)
                .filteredOn(arrival -> ROUTES.containsKey(arrival.servlet()))
                .allMatch(Arrival::included);
        assertThat(arrivals)
                .filteredOn(Arrival::exempt)
                .extracting(Arrival::uri)
                .isNotEmpty()
                .allMatch(HostilePathTest::isUsual);
        assertThat(arrivals)
                .filteredOn(arrival -> arrival.servlet().equals("/") && arrival.included())
                .extracting(Arrival::uri)
                .as("at most a way by the parent, or another spelling of the context, may lead to anywhere")
                .allMatch(uri -> PathSpelling.unfold(uri).contains("..") || !uri.startsWith("/shop/"));
    }

    /** Of what is sent here. */
    private static boolean isUsual(String uri) {
        return uri.equals("/shop/login")
                || (uri.startsWith("/shop/api") && !uri.matches(".*(//|/\\.\\.?(/|$)|[;\\\\]|%(?!20)).*"));
    }

    @Test
    void nothing_comes_through_around_its_route_with_the_defaults_of_the_server() throws Exception {
        List<Arrival> arrivals = send(UriCompliance.DEFAULT, false, spellings());
        check(arrivals);
        assertThat(arrivals).extracting(Arrival::uri).contains("/shop/login;x=1", "/shop/%6cogin", "/shop/a/../login");
    }

    @Test
    void nothing_comes_through_around_its_route_with_ambiguous_uris() throws Exception {
        check(send(UriCompliance.LEGACY, true, spellings()));
        check(send(UriCompliance.LEGACY, false, spellings()));
    }

    @Test
    void nothing_comes_through_around_its_route_with_unsafe_uris() throws Exception {
        List<Arrival> arrivals = send(UriCompliance.UNSAFE, true, spellings());
        check(arrivals);
        assertThat(arrivals)
                .extracting(Arrival::uri)
                .contains("/shop/api/..%2flogin", "/shop//login", "/shop/a%2f..%2flogin");
    }
}
