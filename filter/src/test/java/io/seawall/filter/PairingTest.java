package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.Test;

/** Whoever can call itself anything is limited by its address too. */
class PairingTest {

    private static TestServer server(String client, String... more) throws Exception {
        Map<String, String> params = new HashMap<>(Map.of("limits", "3/1h", "client", client));
        for (int i = 0; i < more.length; i += 2) {
            params.put(more[i], more[i + 1]);
        }
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
        TestServer server = new TestServer();
        server.application().addFilter(new FilterHolder(login), "/*", EnumSet.of(DispatcherType.REQUEST));
        return server.filter("api", params).start();
    }

    private static int admitted(TestServer server, int requests, String header, String value) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            if (server.get("/", header, value.formatted(i)).statusCode() != 429) {
                admitted++;
            }
        }
        return admitted;
    }

    @Test
    void to_invent_keys_buys_nothing() throws Exception {
        try (TestServer server = server("header:X-Api-Key")) {
            assertThat(admitted(server, 50, "X-Api-Key", "invented-%d")).isEqualTo(3);
            assertThat(server.get("/").statusCode()).as("without a key").isEqualTo(429);
        }
    }

    @Test
    void to_invent_a_part_beside_the_address_buys_nothing_either() throws Exception {
        try (TestServer server = server("header:X-Tenant+ip")) {
            assertThat(admitted(server, 50, "X-Tenant", "invented-%d")).isEqualTo(3);
        }
    }

    @Test
    void the_limit_of_an_address_can_be_wider_than_that_of_a_key() throws Exception {
        try (TestServer server = server("header:X-Api-Key", "ip-limits", "10/1h")) {
            assertThat(admitted(server, 5, "X-Api-Key", "ann")).isEqualTo(3);
            assertThat(admitted(server, 50, "X-Api-Key", "invented-%d")).isEqualTo(7);
        }
    }

    @Test
    void who_has_logged_in_is_not_limited_by_address() throws Exception {
        try (TestServer server = server("principal, header:X-Api-Key")) {
            assertThat(admitted(server, 20, "X-User", "user-%d")).isEqualTo(20);
            assertThat(admitted(server, 20, "X-Api-Key", "invented-%d")).isEqualTo(3);
        }
    }

    @Test
    void unless_it_is_said_that_every_address_is() throws Exception {
        try (TestServer server = server("principal", "ip-limits", "5/1h")) {
            assertThat(admitted(server, 20, "X-User", "user-%d")).isEqualTo(5);
        }
    }
}
