package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code trusted-proxies} over real HTTP; the test is the proxy, and its address is 127.0.0.1. */
class BehindProxyTest {

    private static final String HEADER = "X-Forwarded-For";

    private static TestServer server(Map<String, String> initParams) throws Exception {
        return new TestServer()
                .filter("api", "/*", initParams, DispatcherType.REQUEST)
                .start();
    }

    private static boolean isRefused(TestServer server, String... headers) {
        return server.get("/", headers).statusCode() == 429;
    }

    @Test
    void clients_behind_a_trusted_proxy_are_told_apart_by_what_it_appended() throws Exception {
        try (TestServer server = server(Map.of("limits", "1/1h", "trusted-proxies", "127.0.0.1"))) {
            assertThat(isRefused(server, HEADER, "192.0.2.1")).isFalse();
            assertThat(isRefused(server, HEADER, "192.0.2.2")).isFalse();
            assertThat(isRefused(server, HEADER, "6.6.6.6, 192.0.2.1")).isTrue();
            assertThat(isRefused(server, HEADER, "6.6.6.6", HEADER, "192.0.2.2"))
                    .isTrue();
            assertThat(isRefused(server, HEADER, "192.0.2.3", HEADER, "::ffff:192.0.2.1:x"))
                    .isFalse();
            assertThat(isRefused(server)).as("the proxy itself").isTrue();
        }
    }

    @Test
    void every_line_of_the_header_counts() throws Exception {
        try (TestServer server = server(Map.of("limits", "1/1h", "trusted-proxies", "127.0.0.0/8"))) {
            String[] threeLines = {HEADER, "192.0.2.1", HEADER, "127.0.0.3, 127.0.0.2", HEADER, "127.0.0.1"};
            assertThat(isRefused(server, HEADER, "192.0.2.1")).isFalse();
            assertThat(isRefused(server, threeLines)).isTrue();
        }
    }

    @Test
    void ipv6_clients_behind_a_trusted_proxy_count_as_their_network() throws Exception {
        try (TestServer server = server(Map.of("limits", "1/1h", "trusted-proxies", "127.0.0.0/8"))) {
            assertThat(isRefused(server, HEADER, "2001:db8::1")).isFalse();
            assertThat(isRefused(server, HEADER, "[2001:db8::2]:4711")).isTrue();
            assertThat(isRefused(server, HEADER, "2001:db8:0:1::1")).isFalse();
        }
    }

    @Test
    void clients_are_told_apart_by_the_standard_header_where_the_proxy_writes_that() throws Exception {
        Map<String, String> settings =
                Map.of("limits", "1/1h", "trusted-proxies", "127.0.0.1", "forwarded-header", "forwarded");
        try (TestServer server = server(settings)) {
            assertThat(isRefused(server, "Forwarded", "for=192.0.2.1")).isFalse();
            assertThat(isRefused(server, "Forwarded", "for=\"6.6.6.6", "Forwarded", "For=\"192.0.2.1:80\";by=_me"))
                    .isTrue();
            assertThat(isRefused(server, "Forwarded", "for=\", for=\"[2001:db8::1]\""))
                    .isFalse();
            assertThat(isRefused(server, "Forwarded", "for=192.0.2.2", HEADER, "192.0.2.1"))
                    .isFalse();
            assertThat(isRefused(server, HEADER, "192.0.2.3"))
                    .as("the proxy, which has told nothing in the header of the setting")
                    .isFalse();
            assertThat(isRefused(server, HEADER, "192.0.2.4")).isTrue();
        }
    }

    @Test
    void ipv6_clients_count_by_the_prefix_of_the_setting() throws Exception {
        Map<String, String> settings = Map.of("limits", "1/1h", "trusted-proxies", "127.0.0.1", "ipv6-prefix", "48");
        try (TestServer server = server(settings)) {
            assertThat(isRefused(server, HEADER, "2001:db8:1:2::3")).isFalse();
            assertThat(isRefused(server, HEADER, "2001:db8:1:4::5")).isTrue();
            assertThat(isRefused(server, HEADER, "2001:db8:2:2::3")).isFalse();
        }
    }

    @Test
    void an_invented_header_makes_no_new_client_unless_its_sender_is_trusted() throws Exception {
        for (String proxies : new String[] {"", "10.0.0.0/8", "::1"}) {
            try (TestServer server = server(Map.of("limits", "1/1h", "trusted-proxies", proxies))) {
                server.get("/");
                assertThat(IntStream.range(0, 100)
                                .filter(i -> !isRefused(server, HEADER, "6.6.6." + i, "X-Real-IP", "6.6.6." + i)))
                        .as("trusted: '%s'", proxies)
                        .isEmpty();
            }
        }
    }

    @Test
    void a_header_that_names_the_client_comes_before_its_address() throws Exception {
        try (TestServer server = server(Map.of(
                "limits", "1/1h", "ip-limits", "9/1h", "client", "header:X-Api-Key", "trusted-proxies", "127.0.0.1"))) {
            assertThat(isRefused(server, HEADER, "192.0.2.1", "X-Api-Key", "ann"))
                    .isFalse();
            assertThat(isRefused(server, HEADER, "192.0.2.2", "X-Api-Key", "ann"))
                    .isTrue();
            assertThat(isRefused(server, HEADER, "192.0.2.1")).isFalse();
            assertThat(isRefused(server, HEADER, "192.0.2.1")).isTrue();
        }
    }
}
