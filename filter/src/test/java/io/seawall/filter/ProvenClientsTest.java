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

/** Only who can call itself anything is limited by its address too. */
class ProvenClientsTest {

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
