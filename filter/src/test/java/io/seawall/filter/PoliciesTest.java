package io.seawall.filter;

import static io.seawall.filter.PolicyFileServer.remaining;
import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.filter.route.CostFunction;
import io.seawall.filter.route.TierSelector;
import io.seawall.redis.TestRedis;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policies file at work, over real HTTP. */
class PoliciesTest {

    private static final int NOT_FOUND = 404; // no servlet: the request was admitted and found nothing

    @TempDir
    private Path directory;

    private TestServer serve(String policies) throws Exception {
        return serve(policies, Map.of());
    }

    private TestServer serve(String policies, Map<String, String> initParams) throws Exception {
        return PolicyFileServer.of(directory, policies, initParams).start();
    }

    /** What its headers say about a user, as the container's own login would. */
    private static Filter login() {
        return (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            request.setAttribute("plan", http.getHeader("X-Plan-Of-User"));
            chain.doFilter(
                    new HttpServletRequestWrapper(http) {
                        @Override
                        public @Nullable Principal getUserPrincipal() {
                            String user = getHeader("X-User");
                            return user == null ? null : () -> user;
                        }

                        @Override
                        public boolean isUserInRole(String role) {
                            return role.equals(getHeader("X-Role"));
                        }
                    },
                    response);
        };
    }

    // ---- Several policies

    @Test
    void of_two_policies_with_the_same_limit_the_one_that_refuses_is_told() throws Exception {
        try (TestServer server = serve("""
                each.client = header:X-Key
                each.limits = x=3/1h
                each.ip-limits = 100/1h
                all.client = global
                all.limits = x=3/1h
                """)) {
            for (int i = 0; i < 3; i++) {
                server.get("/", "X-Key", "somebody");
            }
            HttpResponse<String> refused = server.get("/", "X-Key", "nobody yet");
            assertThat(refused.statusCode()).isEqualTo(429);
            String retryAfter = refused.headers().firstValue("Retry-After").orElseThrow();
            assertThat(refused.headers().firstValue("RateLimit").orElseThrow())
                    .contains("\"x\";r=0;t=" + retryAfter)
                    .doesNotContain("\"x\";r=3");
        }
    }

    @Test
    void a_request_is_charged_to_all_policies_that_are_for_it() throws Exception {
        try (TestServer server = serve("""
                api.match = /api/**
                api.limits = 10/1h
                login.match = POST /api/login
                login.limits = 5/1h
                all.limits = 100/1h
                all.client = global
                """)) {
            assertThat(remaining(server.send("POST", "/api/login")))
                    .isEqualTo(Map.of("api", 9L, "login", 4L, "all", 99L));
            assertThat(remaining(server.get("/api/login"))).isEqualTo(Map.of("api", 8L, "all", 98L));
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("all", 97L));
        }
    }

    @Test
    void what_one_policy_refuses_is_charged_to_none() throws Exception {
        try (TestServer server = serve("""
                api.limits = 10/1h
                login.match = POST /login
                login.limits = 1/1h
                all.limits = 100/1h
                all.client = global
                """)) {
            server.send("POST", "/login");
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> refused = server.send("POST", "/login");
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.body()).endsWith("\"violated-policies\":[\"login\"]}");
                assertThat(remaining(refused)).isEqualTo(Map.of("api", 9L, "login", 0L, "all", 99L));
            }
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("api", 8L, "all", 98L));
        }
    }

    @Test
    void with_redis_too_what_one_policy_refuses_is_charged_to_none() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server =
                        serve("""
                        api.limits = 10/1h
                        login.match = POST /login
                        login.limits = 1/1h
                        all.limits = 100/1h
                        all.client = global
                        """, Map.of("redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny"))) {
            server.send("POST", "/login");
            for (int i = 0; i < 3; i++) {
                assertThat(server.send("POST", "/login").statusCode()).isEqualTo(429);
            }
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("api", 8L, "all", 98L));
        }
    }

    @Test
    void several_limits_of_one_policy_are_called_after_it() throws Exception {
        try (TestServer server = serve("""
                api.limits = 10/1s; 1000/1h; named=5/1m
                """)) {
            assertThat(server.get("/").headers().firstValue("RateLimit-Policy"))
                    .hasValue("\"api-per-1s\";q=10;w=1, \"api-per-1h\";q=1000;w=3600, \"named\";q=5;w=60");
        }
    }

    // ---- Which requests

    @ParameterizedTest
    @CsvSource({
        "GET,    /orders/7,        true",
        "PUT,    /orders/7,        true",
        "HEAD,   /orders/7,        true",
        "POST,   /orders/7,        false",
        "GET,    /orders/7/items,  false",
        "GET,    /orders,          false",
        "DELETE, /carts/7/x/y,     true",
        "GET,    /ORDERS/7,        true",
        "GET,    /orders/7/,       true",
        "GET,    /orders/7;x=1,    true",
        "GET,    /x/../orders/7,   true",
    })
    void a_policy_is_for_what_it_matches_by_method_and_template(String method, String path, boolean counted)
            throws Exception {
        try (TestServer server = serve("""
                orders.match = GET,PUT /orders/{id}; /carts/**
                orders.limits = 10/1h
                """)) {
            assertThat(remaining(server.send(method, path)).containsKey("orders"))
                    .isEqualTo(counted);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /api/health,       false",
        "POST, /api/health,       true",
        "GET,  /api/HEALTH,       true",
        "GET,  /api/x/../health,  true",
        "GET,  /api/health/x,     true",
        "GET,  /api/docs/a/b,     false",
    })
    void a_policy_is_not_for_what_it_excepts_beyond_doubt(String method, String path, boolean counted)
            throws Exception {
        try (TestServer server = serve("""
                api.match = /api/**
                api.except = GET /api/health; /api/docs/**
                api.limits = 10/1h
                """)) {
            assertThat(remaining(server.send(method, path)).containsKey("api")).isEqualTo(counted);
        }
    }

    @Test
    void a_request_that_no_policy_is_for_is_not_limited_and_told_nothing() throws Exception {
        try (TestServer server = serve("""
                api.match = /api/**
                api.limits = 1/1h
                """)) {
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> response = server.get("/other");
                assertThat(response.statusCode()).isEqualTo(NOT_FOUND);
                assertThat(response.headers().firstValue("RateLimit-Policy")).isEmpty();
            }
        }
    }

    // ---- Tiers

    private static final String TIERS = """
            api.limits = 10/1h
            api.tier.gold.limits = 1000/1h
            api.tier.silver.limits = 100/1h
            """;

    @ParameterizedTest
    @CsvSource({
        "header:X-Plan,                       X-Plan,         gold,    999",
        "header:X-Plan,                       X-Plan,         silver,  99",
        "header:X-Plan,                       X-Plan,         bronze,  9",
        "header:X-Plan,                       X-Other,        gold,    9",
        "attribute:plan,                      X-Plan-Of-User, gold,    999",
        "attribute:plan,                      X-Plan-Of-User, tin,     9",
        "'role:gold, role:silver',            X-Role,         silver,  99",
        "'role:gold, role:silver',            X-Role,         gold,    999",
        "'role:gold, role:silver',            X-Role,         clerk,   9",
        "'role:gold, header:X-Plan',          X-Plan,         silver,  99",
        "io.seawall.filter.PoliciesTest$Plan, X-User,         ada,     999",
        "io.seawall.filter.PoliciesTest$Plan, X-User,         bob,     9",
    })
    void a_tier_has_limits_of_its_own(String tier, String header, String value, long left) throws Exception {
        TestServer server = new TestServer().filter(login());
        PolicyFileServer.addTo(server, directory, TIERS + "api.tier = " + tier, Map.of());
        try (TestServer started = server.start()) {
            assertThat(remaining(started.get("/", header, value))).isEqualTo(Map.of("api", left));
        }
    }

    /** Ada has paid. */
    public static final class Plan implements TierSelector {

        /** For the filter. */
        public Plan() {}

        @Override
        public @Nullable String tier(HttpServletRequest request) {
            Principal user = request.getUserPrincipal();
            return user != null && user.getName().equals("ada") ? "gold" : null;
        }
    }

    @Test
    void tiers_count_apart() throws Exception {
        try (TestServer server = serve(TIERS + "api.tier = header:X-Plan")) {
            server.get("/", "X-Plan", "gold");
            server.get("/", "X-Plan", "gold");
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("api", 9L));
            assertThat(remaining(server.get("/", "X-Plan", "gold"))).isEqualTo(Map.of("api", 997L));
        }
    }

    // ---- Costs

    @Test
    void a_route_costs_what_the_policy_says() throws Exception {
        try (TestServer server = serve("""
                api.limits = 100/1h
                api.cost = POST /export = 50; GET /search/** = 5; /health = 0
                """)) {
            assertThat(remaining(server.send("POST", "/export"))).isEqualTo(Map.of("api", 50L));
            assertThat(remaining(server.get("/search/x/y"))).isEqualTo(Map.of("api", 45L));
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("api", 44L));
            assertThat(server.send("POST", "/export").statusCode()).isEqualTo(429);
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("api", 43L));
        }
    }

    @Test
    void what_costs_nothing_is_neither_counted_nor_refused_nor_told_of() throws Exception {
        try (TestServer server = serve("""
                api.limits = 1/1h
                api.cost = /health = 0
                """)) {
            server.get("/");
            assertThat(server.get("/").statusCode()).isEqualTo(429);
            HttpResponse<String> free = server.get("/health");
            assertThat(free.statusCode()).isEqualTo(NOT_FOUND);
            assertThat(remaining(free)).isEmpty();
        }
    }

    @Test
    void what_costs_nothing_by_one_policy_is_counted_by_the_other() throws Exception {
        try (TestServer server = serve("""
                api.limits = 10/1h
                api.cost = /health = 0
                all.limits = 10/1h
                """)) {
            assertThat(remaining(server.get("/health"))).isEqualTo(Map.of("all", 9L));
        }
    }

    /** Costs what its header says. */
    public static final class ByHeader implements CostFunction {

        /** For the filter. */
        public ByHeader() {}

        @Override
        public long cost(HttpServletRequest request) {
            return Long.parseLong(request.getHeader("X-Cost"));
        }
    }

    @Test
    void a_class_of_the_application_says_what_a_request_costs() throws Exception {
        try (TestServer server = serve("api.limits = 100/1h\napi.cost = " + ByHeader.class.getName())) {
            assertThat(remaining(server.get("/", "X-Cost", "30"))).isEqualTo(Map.of("api", 70L));
            assertThat(remaining(server.get("/", "X-Cost", "0"))).isEmpty();
            assertThat(remaining(server.get("/", "X-Cost", "70"))).isEqualTo(Map.of("api", 0L));
            assertThat(server.get("/", "X-Cost", "-1").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void a_request_that_costs_more_than_any_wait_can_bring_is_not_told_to_wait() throws Exception {
        try (TestServer server = serve("api.limits = 100/1h\napi.cost = " + ByHeader.class.getName())) {
            HttpResponse<String> refused = server.get("/", "X-Cost", "101");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
            assertThat(refused.headers().firstValue("RateLimit")).hasValue("\"api\";r=100");
            assertThat(remaining(server.get("/", "X-Cost", "100"))).isEqualTo(Map.of("api", 0L));
        }
    }

    // ---- Clients

    @Test
    void a_global_limit_is_one_for_all_clients() throws Exception {
        try (TestServer server = serve("""
                each.limits = 10/1h
                each.client = header:X-Api-Key
                each.ip-limits = 100/1h
                all.limits = 3/1h
                all.client = global
                """)) {
            for (String key : new String[] {"ann", "bob", "cid"}) {
                assertThat(server.get("/", "X-Api-Key", key).statusCode()).isEqualTo(NOT_FOUND);
            }
            HttpResponse<String> refused = server.get("/", "X-Api-Key", "dan");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(remaining(refused)).isEqualTo(Map.of("each", 10L, "each-ip", 97L, "all", 0L));
        }
    }

    @Test
    void each_policy_has_a_client_of_its_own() throws Exception {
        TestServer server = new TestServer().filter(login());
        PolicyFileServer.addTo(server, directory, """
                user.limits = 10/1h
                user.client = principal
                address.limits = 10/1h
                """, Map.of());
        try (TestServer started = server.start()) {
            started.get("/", "X-User", "ann");
            assertThat(remaining(started.get("/", "X-User", "bob"))).isEqualTo(Map.of("user", 9L, "address", 8L));
        }
    }

    // ---- What the init-params say for all policies

    @Test
    void a_policy_counts_as_the_init_param_says_unless_it_says_otherwise() throws Exception {
        TestServer server = new TestServer().filter(login());
        PolicyFileServer.addTo(server, directory, """
                user.limits = 10/1h
                address.limits = 10/1h
                address.client = ip
                """, Map.of("client", "principal"));
        try (TestServer started = server.start()) {
            started.get("/", "X-User", "ann");
            assertThat(remaining(started.get("/", "X-User", "bob"))).isEqualTo(Map.of("user", 9L, "address", 8L));
        }
    }

    @Test
    void a_policy_does_without_redis_as_the_init_param_says_unless_it_says_otherwise() throws Exception {
        try (TestRedis redis = TestRedis.absent();
                TestServer server = serve("""
                        strict.match = /strict/**
                        strict.limits = 10/1h
                        easy.match = /easy/**
                        easy.limits = 10/1h
                        easy.on-store-failure = local
                        """, Map.of("redis", redis.uri(), "on-store-failure", "deny"))) {
            assertThat(server.get("/strict/x").statusCode()).isEqualTo(503);
            assertThat(remaining(server.get("/easy/x"))).isEqualTo(Map.of("easy", 9L));
        }
    }

    // ---- Where the file is

    @Test
    void the_file_may_be_on_the_class_path() throws Exception {
        try (TestServer server = new TestServer()
                .filter("api", Map.of("policies", "test-policies.properties"))
                .start()) {
            assertThat(server.get("/").headers().firstValue("RateLimit-Policy"))
                    .hasValue("\"on-the-class-path\";q=1;w=1");
        }
    }

    @Test
    void two_filters_with_one_file_count_apart() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = PolicyFileServer.of(
                        directory,
                        "api.limits = 10/1h",
                        Map.of("redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny"))) {
            server.filter(
                            "second",
                            Map.of("policies", PolicyFileServer.LOCATION, "redis", redis.uri(), "store-timeout", "10s"))
                    .start();
            server.get("/");
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("api", 8L));
        }
    }

    @Test
    void a_policy_counts_apart_from_a_filter_that_is_called_like_both_names() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = PolicyFileServer.of(
                        directory,
                        "login.limits = login=10/1h",
                        Map.of("redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny"))) {
            for (String name : new String[] {"api-login", "api--login"}) {
                server.filter(name, Map.of("limits", "login=10/1h", "redis", redis.uri(), "store-timeout", "10s"));
            }
            server.start();
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("login", 9L));
        }
    }
}
