package io.seawall.filter.route;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    /** Every way that is known to write a path as another one. */
    private static List<String> spellings() {
        String before =
                "/ // /./ /a/../ /a/b/../../ /;x/ /.;x/ /a/..;x/ /%2e/ /a/%2E%2e;x/ /%2f /a%2f..%2f /\\ /a%5c..%5c"
                        + " /api/../ /api/..;/ /api/%2e%2e/ /api/..%2f /api/%252e%252e/ /%00/ /../ /../shop/ /%2e%2e/shop/";
        String word = "login LOGIN %6cogin %256cogin api/orders %61pi/x api;x/y";
        String after = "/ // ; ;x=1 /;x /. /%2e /x/.. %2f %2fx %5c %3bx %3fx %23 %00 %20 . /..%2f..%2fx ?q ;%2f..";
        List<String> targets = new ArrayList<>();
        for (String first : before.split(" ", -1)) {
            for (String middle : word.split(" ", -1)) {
                targets.add("/shop" + first + middle);
            }
            for (String last : after.split(" ", -1)) {
                targets.add("/shop" + first + "login" + last);
                targets.add("/shop" + first + "api/orders" + last);
            }
        }
        for (String middle : word.split(" ", -1)) {
            for (String last : after.split(" ", -1)) {
                targets.add("/shop/" + middle + last);
            }
        }
        for (String context : "//shop /shop;x /%73hop /x/../shop /./shop /shop/. http://a/shop /SHOP".split(" ", -1)) {
            for (String middle : word.split(" ", -1)) {
                targets.add(context + "/" + middle);
            }
        }
        return targets;
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
