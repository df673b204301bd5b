package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.junit.jupiter.api.Test;

/** {@code client} over real HTTP: what the container makes of cookies, sessions, attributes and principals. */
class WhoIsCountedTest {

    private static TestServer server(String client) {
        return new TestServer().filter("api", Map.of("limits", "1/1h", "ip-limits", "50/1h", "client", client));
    }

    /** With another filter before the one that counts, as an application's own authentication would be. */
    private static TestServer behind(Filter first, String client) {
        TestServer server = new TestServer();
        server.application().addFilter(new FilterHolder(first), "/*", EnumSet.of(DispatcherType.REQUEST));
        return server.filter("api", Map.of("limits", "1/1h", "ip-limits", "50/1h", "client", client));
    }

    private static boolean isRefused(TestServer server, String... headers) {
        return server.get("/", headers).statusCode() == 429;
    }

    @Test
    void everybody_is_one_client_of_a_global_limit() throws Exception {
        try (TestServer server = server("global").start()) {
            assertThat(isRefused(server, "X-Api-Key", "ann")).isFalse();
            assertThat(isRefused(server, "X-Api-Key", "bob")).isTrue();
        }
    }

    @Test
    void clients_are_told_apart_by_a_cookie() throws Exception {
        try (TestServer server = server("cookie:visitor").start()) {
            assertThat(isRefused(server, "Cookie", "theme=dark; visitor=7")).isFalse();
            assertThat(isRefused(server, "Cookie", "theme=dark; visitor=8")).isFalse();
            assertThat(isRefused(server, "Cookie", "visitor=7")).isTrue();
            assertThat(isRefused(server, "Cookie", "theme=dark")).isFalse();
            assertThat(isRefused(server)).isTrue();
        }
    }

    @Test
    void clients_are_told_apart_by_who_has_logged_in() throws Exception {
        Filter login = (request, response, chain) -> {
            String user = ((HttpServletRequest) request).getHeader("X-User");
            chain.doFilter(
                    new HttpServletRequestWrapper((HttpServletRequest) request) {
                        @Override
                        public Principal getUserPrincipal() {
                            return user == null ? super.getUserPrincipal() : () -> user;
                        }
                    },
                    response);
        };
        try (TestServer server = behind(login, "principal").start()) {
            assertThat(isRefused(server, "X-User", "ann")).isFalse();
            assertThat(isRefused(server, "X-User", "bob")).isFalse();
            assertThat(isRefused(server, "X-User", "ann")).isTrue();
            assertThat(isRefused(server)).isFalse();
            assertThat(isRefused(server)).isTrue();
        }
    }

    @Test
    void clients_are_told_apart_by_an_attribute_that_another_filter_has_set() throws Exception {
        Filter tenants = (request, response, chain) -> {
            request.setAttribute("tenant", request.getParameter("tenant"));
            chain.doFilter(request, response);
        };
        try (TestServer server = behind(tenants, "attribute:tenant").start()) {
            assertThat(server.get("/?tenant=1").statusCode()).isEqualTo(404);
            assertThat(server.get("/?tenant=2").statusCode()).isEqualTo(404);
            assertThat(server.get("/?tenant=1").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void every_tenant_counts_apart_at_every_address() throws Exception {
        try (TestServer server = server("header:X-Tenant+ip").start()) {
            assertThat(isRefused(server, "X-Tenant", "acme")).isFalse();
            assertThat(isRefused(server, "X-Tenant", "acme")).isTrue();
            assertThat(isRefused(server, "X-Tenant", "emca")).isFalse();
            assertThat(isRefused(server)).isFalse();
            assertThat(isRefused(server)).isTrue();
        }
    }

    /** Logs everybody in. */
    private static final class Login extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            request.getSession(true);
        }
    }

    private static TestServer withSessions() {
        TestServer server = new TestServer();
        server.application().setSessionHandler(new SessionHandler());
        return server.filter(
                        "api",
                        "/shop/*",
                        Map.of("limits", "1/1h", "ip-limits", "50/1h", "client", "session"),
                        DispatcherType.REQUEST)
                .servlet("/login", new Login());
    }

    private static String login(TestServer server) {
        HttpResponse<String> response = server.get("/login");
        return response.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    }

    @Test
    void clients_are_told_apart_by_their_session() throws Exception {
        try (TestServer server = withSessions().start()) {
            String ann = login(server);
            String bob = login(server);
            assertThat(server.get("/shop/", "Cookie", ann).statusCode()).isEqualTo(404);
            assertThat(server.get("/shop/", "Cookie", bob).statusCode()).isEqualTo(404);
            assertThat(server.get("/shop/", "Cookie", ann).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void an_invented_session_is_none_and_none_is_made_for_it() throws Exception {
        try (TestServer server = withSessions().start()) {
            for (int i = 0; i < 20; i++) {
                HttpResponse<String> response = server.get("/shop/", "Cookie", "JSESSIONID=node0invented" + i);
                assertThat(response.statusCode()).isEqualTo(i == 0 ? 404 : 429);
                assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
            }
        }
    }
}
