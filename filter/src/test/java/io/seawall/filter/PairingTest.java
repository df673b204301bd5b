package io.seawall.filter;

import static io.seawall.filter.PolicyFileServer.remaining;
import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.redis.TestRedis;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that anybody can make up is always counted beside the address: to invent keys buys nothing. */
class PairingTest {

    private static TestServer serve(Map<String, String> initParams) throws Exception {
        return new TestServer().filter("api", initParams).start();
    }

    private static boolean isAdmitted(TestServer server, String... headers) {
        return server.get("/", headers).statusCode() != 429;
    }

    /** How many of so many requests are admitted, each with a key of its own. */
    private static int admittedOf(int requests, TestServer server) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            if (isAdmitted(server, "X-Api-Key", "invented-" + i, "Cookie", "key=invented-" + i)) {
                admitted++;
            }
        }
        return admitted;
    }

    @Test
    void a_thousand_invented_keys_admit_no_more_than_the_limits_of_one_address() throws Exception {
        try (TestServer server = serve(Map.of("limits", "20/1h", "client", "header:X-Api-Key"))) {
            assertThat(admittedOf(1_000, server)).isEqualTo(20);
        }
    }

    @Test
    void a_thousand_invented_keys_admit_no_more_with_redis() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = serve(Map.of(
                        "limits",
                        "20/1h",
                        "client",
                        "header:X-Api-Key",
                        "redis",
                        redis.uri(),
                        "store-timeout",
                        "10s",
                        "on-store-failure",
                        "deny"))) {
            assertThat(admittedOf(1_000, server)).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "header:X-Api-Key+ip",
        "cookie:key",
        "'principal, header:X-Api-Key'",
        "'header:X-Other, cookie:key+header:X-Api-Key'"
    })
    void however_a_key_is_a_part_of_the_client_it_buys_nothing(String client) throws Exception {
        try (TestServer server = serve(Map.of("limits", "5/1h; 7/1d", "client", client))) {
            assertThat(admittedOf(50, server)).isEqualTo(5);
        }
    }

    @Test
    void one_key_alone_has_its_whole_limit() throws Exception {
        try (TestServer server = serve(Map.of("limits", "5/1h", "client", "header:X-Api-Key"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(isAdmitted(server, "X-Api-Key", "ann")).isTrue();
            }
            assertThat(isAdmitted(server, "X-Api-Key", "ann")).isFalse();
        }
    }

    @Test
    void many_clients_at_one_address_need_wider_limits_by_address() throws Exception {
        try (TestServer server =
                serve(Map.of("limits", "5/1h", "client", "header:X-Api-Key", "ip-limits", "office=12/1h"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(isAdmitted(server, "X-Api-Key", "ann")).isTrue();
                assertThat(isAdmitted(server, "X-Api-Key", "bob")).isTrue();
            }
            assertThat(isAdmitted(server, "X-Api-Key", "ann")).isFalse();
            assertThat(admittedOf(50, server)).isEqualTo(2);
        }
    }

    @Test
    void both_limits_are_told_by_their_names() throws Exception {
        try (TestServer server = serve(Map.of("limits", "burst=5/1s; 7/1h", "client", "header:X-Api-Key"))) {
            assertThat(server.get("/", "X-Api-Key", "ann").headers().firstValue("RateLimit-Policy"))
                    .hasValue("\"burst\";q=5;w=1, \"per-1h\";q=7;w=3600,"
                            + " \"burst-ip\";q=5;w=1, \"per-1h-ip\";q=7;w=3600");
        }
    }

    @Test
    void each_address_has_limits_of_its_own() throws Exception {
        try (TestServer server =
                serve(Map.of("limits", "2/1h", "client", "header:X-Api-Key", "trusted-proxies", "127.0.0.1"))) {
            for (String address : new String[] {"192.0.2.1", "192.0.2.2"}) {
                for (int i = 0; i < 5; i++) {
                    assertThat(isAdmitted(server, "X-Api-Key", address + "-" + i, "X-Forwarded-For", address))
                            .isEqualTo(i < 2);
                }
            }
        }
    }

    @Test
    void who_has_logged_in_is_not_paired() throws Exception {
        Filter login = (request, response, chain) -> chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public @Nullable Principal getUserPrincipal() {
                        return () -> getHeader("X-User");
                    }
                },
                response);
        try (TestServer server = new TestServer()
                .filter(login)
                .filter("api", Map.of("limits", "2/1h", "client", "principal"))
                .start()) {
            for (String user : new String[] {"ann", "bob", "cid"}) {
                assertThat(remaining(server.get("/", "X-User", user))).isEqualTo(Map.of("default", 1L));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ip", "global", "attribute:tenant", "principal"})
    void what_nobody_can_make_up_is_not_paired_unless_asked_for(String client) throws Exception {
        Map<String, String> initParams = new HashMap<>(Map.of("limits", "5/1h", "client", client));
        try (TestServer server = serve(initParams)) {
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("default", 4L));
        }
        initParams.put("ip-limits", "9/1h");
        try (TestServer server = serve(initParams)) {
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("default", 4L, "default-ip", 8L));
        }
    }

    // ---- Tiers

    private static final Map<String, String> TIERS = Map.of(
            "limits", "2/1h", "tier", "header:X-Plan", "tier.gold.limits", "10/1h", "client", "header:X-Api-Key");

    @Test
    void a_client_of_a_tier_has_all_that_the_tier_grants_also_beside_its_address() throws Exception {
        try (TestServer server = serve(TIERS)) {
            for (int i = 0; i < 11; i++) {
                assertThat(isAdmitted(server, "X-Api-Key", "ann", "X-Plan", "gold"))
                        .isEqualTo(i < 10);
            }
        }
    }

    @Test
    void invented_keys_of_a_tier_buy_nothing_either() throws Exception {
        assertNothingBought(TIERS);
    }

    @Test
    void with_redis_too_invented_keys_of_a_tier_buy_nothing() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            Map<String, String> initParams = new HashMap<>(TIERS);
            initParams.putAll(Map.of("redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny"));
            assertNothingBought(initParams);
        }
    }

    /** And the address has the limits of the tier beside those of everybody, not instead of them. */
    private static void assertNothingBought(Map<String, String> initParams) throws Exception {
        try (TestServer server = serve(initParams)) {
            for (int i = 0; i < 50; i++) {
                assertThat(isAdmitted(server, "X-Api-Key", "invented-" + i, "X-Plan", "gold"))
                        .isEqualTo(i < 10);
            }
            for (int i = 0; i < 50; i++) {
                assertThat(isAdmitted(server, "X-Api-Key", "invented-" + i)).isEqualTo(i < 2);
            }
        }
    }

    @Test
    void limits_by_address_that_are_said_are_one_for_all_tiers() throws Exception {
        Map<String, String> initParams = new HashMap<>(TIERS);
        initParams.put("ip-limits", "11/1h");
        try (TestServer server = serve(initParams)) {
            for (int i = 0; i < 10; i++) {
                assertThat(isAdmitted(server, "X-Api-Key", "ann", "X-Plan", "gold"))
                        .isTrue();
            }
            assertThat(isAdmitted(server, "X-Api-Key", "bob")).isTrue();
            assertThat(isAdmitted(server, "X-Api-Key", "cid")).isFalse();
        }
    }
}
