package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.seawall.filter.admin.Explanation;
import io.seawall.filter.admin.Explanation.OfLimit;
import io.seawall.filter.admin.Explanation.OfPolicy;
import io.seawall.filter.admin.RequestDescription;
import io.seawall.redis.TestRedis;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a request would be limited, and why, is told as it would be, and without a charge. */
class ExplainTest {

    private static final String POLICIES = """
            api.limits = 100/1h
            api.except = GET /health
            login.match = POST /login; /reset/**
            login.limits = 3/1h
            login.client = header:X-Api-Key, principal
            login.cost = POST /login = 2; /reset/free = 0
            plans.match = /plans
            plans.limits = 5/1h
            plans.tier = role:gold
            plans.tier.gold.limits = 50/1h
            """;

    @TempDir
    private Path directory;

    private static RateLimits limits(TestServer server) {
        return RateLimits.of(server.application().getServletContext(), "api");
    }

    private TestServer serve(String policies, Map<String, String> initParams) throws IOException {
        return PolicyFileServer.of(directory, policies, initParams);
    }

    private static TestServer serve(Map<String, String> initParams) throws Exception {
        return new TestServer().filter("api", initParams).start();
    }

    private static RequestDescription get(String path) {
        return RequestDescription.of("GET", path, "127.0.0.1");
    }

    private static OfPolicy policy(Explanation explanation, String name) {
        return explanation.policies().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    // ---- what applies

    @Test
    void who_is_counted_by_what_and_what_is_left_is_told_and_nothing_is_charged() throws Exception {
        try (TestServer server = serve(Map.of("limits", "5/1h"))) {
            server.get("/");
            for (int i = 0; i < 20; i++) {
                Explanation explanation = limits(server).explain(get("/"));
                assertThat(explanation.counted()).isTrue();
                assertThat(explanation.exempt()).isNull();
                OfPolicy policy = policy(explanation, "default");
                assertThat(policy.applies()).isTrue();
                assertThat(policy.client()).isEqualTo("ip 127.0.0.1");
                assertThat(policy.cost()).isEqualTo(1);
                assertThat(policy.limits())
                        .containsExactly(new OfLimit(
                                "default", "default=5/1h sliding-window", "ip 127.0.0.1", 5, 4L, null, false, false));
                assertThat(explanation.words())
                        .isEqualTo("Of the request, policy 'default' counts it for 1 as ip 127.0.0.1"
                                + " (4 of 5 left of 'default'). It would be admitted.");
            }
            assertThat(PolicyFileServer.left(server.get("/"), "default")).isEqualTo(3);
        }
    }

    @Test
    void a_request_that_would_be_refused_is_told_with_the_limit_that_would() throws Exception {
        try (TestServer server = serve(Map.of("limits", "a=1/1h; b=9/1h; c=1/1h shadow"))) {
            server.get("/");
            Explanation explanation = limits(server).explain(get("/"));
            assertThat(policy(explanation, "default").limits())
                    .extracting(OfLimit::name, OfLimit::remaining, OfLimit::refuses, OfLimit::shadow)
                    .containsExactly(
                            tuple("a", 0L, true, false), tuple("b", 8L, false, false), tuple("c", 0L, true, true));
            assertThat(explanation.words()).endsWith("It would be refused: limit 'a' of policy 'default' refuses it.");
        }
    }

    @Test
    void a_ban_is_told() throws Exception {
        try (TestServer server = serve(Map.of("limits", "1/1h", "penalty", "1/1m ban 1h..1h"))) {
            server.get("/");
            server.get("/");
            Explanation explanation = limits(server).explain(get("/"));
            assertThat(policy(explanation, "default").banned()).isPositive();
            assertThat(explanation.words()).contains("policy 'default' has banned its client for ");
        }
    }

    @Test
    void an_override_in_force_is_told() throws Exception {
        try (TestServer server = serve(Map.of("limits", "5/1h"))) {
            limits(server).set("default", "default", limits(server).client("ip 127.0.0.1"), 1000);
            Explanation explanation = limits(server).explain(get("/"));
            OfLimit limit = policy(explanation, "default").limits().get(0);
            assertThat(limit.permits()).isEqualTo(1000);
            assertThat(limit.override()).isEqualTo(1000);
            assertThat(limit.remaining()).isEqualTo(1000);
            assertThat(explanation.words()).contains("(1000 of 1000 left of 'default' by an override)");
        }
    }

    @Test
    void a_tier_is_told_with_its_limits() throws Exception {
        try (TestServer server = serve(POLICIES, Map.of()).start()) {
            OfPolicy gold = policy(limits(server).explain(get("/plans").withPrincipal("ada", "gold")), "plans");
            assertThat(gold.tier()).isEqualTo("gold");
            assertThat(gold.limits().get(0).permits()).isEqualTo(50);
            assertThat(gold.why()).contains("it is in tier 'gold' by role:gold");
            OfPolicy none = policy(limits(server).explain(get("/plans").withPrincipal("ada")), "plans");
            assertThat(none.tier()).isNull();
            assertThat(none.limits().get(0).permits()).isEqualTo(5);
            assertThat(none.why()).contains("it is in no tier by role:gold");
        }
    }

    /** And the value of a header, which may be a secret, is nowhere in what is told. */
    @Test
    void a_client_that_anybody_can_make_up_is_told_by_its_hash_with_its_address_beside_it() throws Exception {
        try (TestServer server = serve(POLICIES, Map.of()).start()) {
            Explanation explanation = limits(server)
                    .explain(
                            RequestDescription.of("POST", "/login", "192.0.2.9").withHeader("x-api-KEY", "tops3cret"));
            OfPolicy login = policy(explanation, "login");
            assertThat(login.client()).startsWith("header:x-api-key #");
            assertThat(login.cost()).isEqualTo(2);
            assertThat(login.limits()).extracting(OfLimit::name).containsExactly("login", "login-ip");
            assertThat(login.limits().get(1).client()).isEqualTo("ip 192.0.2.9");
            assertThat(login.why())
                    .contains("the client is counted by header:x-api-key")
                    .contains("its address is counted beside it");
            assertThat(explanation.toString()).doesNotContain("tops3cret");
        }
    }

    @Test
    void why_the_address_counts_is_told_where_the_first_ways_do_not_answer() throws Exception {
        try (TestServer server = serve(POLICIES, Map.of()).start()) {
            OfPolicy login =
                    policy(limits(server).explain(RequestDescription.of("POST", "/login", "192.0.2.9")), "login");
            assertThat(login.client()).isEqualTo("ip 192.0.2.9");
            assertThat(login.why()).contains("by its address, since the request has no header:x-api-key, no principal");
            OfPolicy ada = policy(
                    limits(server)
                            .explain(RequestDescription.of("POST", "/login", "192.0.2.9")
                                    .withPrincipal("ada")),
                    "login");
            assertThat(ada.why()).contains("counted by principal, since the request has no header:x-api-key");
        }
    }

    // ---- what does not, and why

    @Test
    void why_a_policy_is_not_for_a_request_is_told() throws Exception {
        try (TestServer server = serve(POLICIES, Map.of()).start()) {
            assertThat(policy(limits(server).explain(get("/login")), "login").why())
                    .isEqualTo("its method is none of POST /login; /reset/**");
            assertThat(policy(limits(server).explain(get("/other")), "login").why())
                    .isEqualTo("its path is none of POST /login; /reset/**");
            assertThat(policy(limits(server).explain(get("/reset/free")), "login")
                            .why())
                    .isEqualTo("the request costs nothing");
            assertThat(policy(limits(server).explain(get("/health")), "api").why())
                    .isEqualTo("it is excepted: GET /health");
            Explanation health = limits(server).explain(get("/health"));
            assertThat(health.counted()).isFalse();
            assertThat(health.words())
                    .startsWith("The request is not limited: policy 'api' does not count it, as it is excepted");
        }
    }

    @Test
    void why_a_request_is_exempt_is_told() throws Exception {
        try (TestServer server = serve(Map.of("exempt", "10.0.0.0/8, /health"))) {
            RateLimits limits = limits(server);
            Explanation client = limits.explain(RequestDescription.of("GET", "/", "10.1.2.3"));
            assertThat(client.counted()).isFalse();
            assertThat(client.policies()).isEmpty();
            assertThat(client.exempt())
                    .isEqualTo("its client is in a network that is exempt ('exempt' is 10.0.0.0/8, /health)");
            assertThat(limits.explain(get("/health")).exempt()).startsWith("its route is exempt");
            assertThat(limits.explain(RequestDescription.of("OPTIONS", "/", "127.0.0.1")
                                    .withHeader("Origin", "https://example.com")
                                    .withHeader("Access-Control-Request-Method", "PUT"))
                            .exempt())
                    .isEqualTo("it is a CORS preflight, and 'preflights' is exempt");
        }
    }

    @Test
    void what_becomes_of_a_forwarding_header_is_told() throws Exception {
        try (TestServer server = serve(Map.of("trusted-proxies", "10.0.0.0/8"))) {
            RateLimits limits = limits(server);
            OfPolicy stranger = policy(
                    limits.explain(RequestDescription.of("GET", "/", "192.0.2.9")
                            .withHeader("X-Forwarded-For", "198.51.100.1")),
                    "default");
            assertThat(stranger.client()).isEqualTo("ip 192.0.2.9");
            assertThat(stranger.why())
                    .contains("X-Forwarded-For is ignored, since 192.0.2.9 is not in 'trusted-proxies'");
            OfPolicy proxied = policy(
                    limits.explain(RequestDescription.of("GET", "/", "10.0.0.1")
                            .withHeader("X-Forwarded-For", "198.51.100.1")),
                    "default");
            assertThat(proxied.client()).isEqualTo("ip 198.51.100.1");
            assertThat(proxied.why()).contains("the address is that of its X-Forwarded-For");
            OfPolicy other = policy(
                    limits.explain(
                            RequestDescription.of("GET", "/", "10.0.0.1").withHeader("Forwarded", "for=198.51.100.1")),
                    "default");
            assertThat(other.client()).isEqualTo("ip 10.0.0.1");
            assertThat(other.why())
                    .contains("without X-Forwarded-For")
                    .contains("Forwarded is not what 'forwarded-header' says");
        }
        try (TestServer server = serve(Map.of())) {
            assertThat(policy(limits(server).explain(get("/").withHeader("Forwarded", "for=198.51.100.1")), "default")
                            .why())
                    .contains("Forwarded is ignored, since no proxy is trusted");
        }
    }

    @Test
    void a_class_of_the_application_is_asked_and_may_fail_without_telling_what_it_knows() throws Exception {
        try (TestServer server = serve(Map.of("client", "com.example.ByTenant", "ip-limits", "9/1h"))) {
            OfPolicy told = policy(
                    limits(server).explain(get("/").withAttribute("com.example.verified-tenant", "acme")), "default");
            assertThat(told.client()).startsWith("com.example.ByTenant #");
            assertThat(told.why()).contains("counted by com.example.ByTenant");
        }
        try (TestServer server = serve(Map.of("client", "com.example.BySession"))) {
            Explanation explanation = limits(server).explain(get("/"));
            OfPolicy fails = policy(explanation, "default");
            assertThat(fails.applies()).isFalse();
            assertThat(fails.why())
                    .isEqualTo(
                            "it cannot be told: a described request has nothing to say to getSession(), which a class"
                                    + " of the application asks it");
            assertThat(policy(limits(server).explain(get("/").withQuery("fail")), "default")
                            .why())
                    .isEqualTo("it cannot be told: a class of the application fails with"
                            + " java.lang.IllegalStateException");
        }
    }

    // ---- Redis

    @Test
    void with_redis_what_remains_is_told_for_all_nodes_and_nothing_is_said_of_it_while_redis_is_away()
            throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = serve(Map.of("limits", "5/1h", "redis", redis.uri(), "store-timeout", "10s"))) {
            server.get("/");
            OfLimit limit =
                    policy(limits(server).explain(get("/")), "default").limits().get(0);
            assertThat(limit.remaining()).isEqualTo(4);
            assertThat(limits(server).describe().store().up()).isTrue();
            redis.kill();
            Explanation away = limits(server).explain(get("/"));
            assertThat(policy(away, "default").limits().get(0).remaining()).isNull();
            assertThat(policy(away, "default").why())
                    .contains("what remains is not known, since the store is away: 'on-store-failure' is local");
            assertThat(away.words()).endsWith("The store is away, so it is not known what would become of it.");
        }
    }

    // ---- the same as for real requests

    /** Described and then sent, the two are counted for the same client, at the same cost, with the same result. */
    @Test
    void what_is_explained_is_what_happens() throws Exception {
        String[] paths = {
            "/",
            "/login",
            "/login/",
            "/reset/x",
            "/reset/free",
            "/plans",
            "/health",
            "/%70lans",
            "/open",
            "/%6Fpen",
            "/a%20b",
            "/plans;x=1",
            "/x/../plans"
        };
        String[] methods = {"GET", "POST", "HEAD", "OPTIONS"};
        SplittableRandom random = new SplittableRandom(11);
        try (TestServer server = serve(
                        POLICIES,
                        Map.of("trusted-proxies", "127.0.0.1", "exempt", "198.51.100.0/24, /open", "headers", "draft"))
                .start()) {
            List<Boolean> refusals = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String method = methods[random.nextInt(methods.length)];
                String path = paths[random.nextInt(paths.length)];
                String hop = (random.nextInt(5) == 0 ? "198.51.100." : "192.0.2.") + random.nextInt(3);
                String key = "key" + random.nextInt(3);
                Explanation explanation = limits(server)
                        .explain(RequestDescription.of(method, path, "127.0.0.1")
                                .withHeader("X-Forwarded-For", hop)
                                .withHeader("X-Api-Key", key));
                HttpResponse<String> response = server.send(method, path, "X-Forwarded-For", hop, "X-Api-Key", key);
                if (response.statusCode() == 400) {
                    continue; // by Jetty, before the filter
                }
                String told = method + " " + path + " " + explanation;
                Map<String, Long> left = PolicyFileServer.remaining(response);
                assertThat(explanation.counted()).as(told).isEqualTo(!left.isEmpty());
                boolean refused = response.statusCode() == 429;
                assertThat(explanation.words().contains("It would be refused"))
                        .as(told)
                        .isEqualTo(refused);
                refusals.add(refused);
                for (OfPolicy policy : explanation.policies()) {
                    for (OfLimit limit : policy.limits()) {
                        long charged = refused ? 0 : policy.cost();
                        assertThat(left.get(limit.name()))
                                .as(told)
                                .isEqualTo(Objects.requireNonNull(limit.remaining()) - charged);
                    }
                }
            }
            assertThat(refusals).contains(true, false);
        }
    }

    /** What is in its message may be what it was asked for, whatever it throws. */
    @Test
    void what_a_class_of_the_application_says_when_it_fails_is_told_to_nobody() throws Exception {
        try (TestServer server = serve(Map.of("client", "com.example.BySession"))) {
            Explanation explanation =
                    limits(server).explain(get("/").withQuery("refuse").withHeader("X-Api-Key", "tops3cret"));
            assertThat(explanation.toString()).doesNotContain("tops3cret");
            assertThat(policy(explanation, "default").why())
                    .isEqualTo("it cannot be told: a class of the application fails with"
                            + " java.lang.UnsupportedOperationException");
        }
    }

    /** Whatever anybody writes into the form of the page. */
    @Test
    void hostile_requests_are_explained_or_refused_in_words() throws Exception {
        String[] parts = {
            "%", "%2", "%zz", "%2F", "%5c", "%2e%2e", "..", ".", "//", ";", ";a=b;", "\\", "\ud800", "%00", "%ff%fe",
            "*", "{x}", "login", "reset", "plans", "\u202e", "?", "#"
        };
        String[] addresses = {"127.0.0.1", "::1", "fe80::1%eth0", "unix:", "[::1]:80", "\ud800", "1.2.3.4.5", "'<b>"};
        SplittableRandom random = new SplittableRandom(7);
        try (TestServer server = serve(POLICIES, Map.of("trusted-proxies", "127.0.0.1", "exempt", "/open/**"))
                .start()) {
            for (int i = 0; i < 5000; i++) {
                StringBuilder path = new StringBuilder("/");
                for (int part = random.nextInt(5); part > 0; part--) {
                    path.append(parts[random.nextInt(parts.length)]).append(random.nextBoolean() ? "/" : "");
                }
                try {
                    RequestDescription request = RequestDescription.of(
                                    random.nextBoolean() ? "POST" : "GET",
                                    path.toString(),
                                    addresses[random.nextInt(addresses.length)])
                            .withHeader("X-Forwarded-For", parts[random.nextInt(parts.length)])
                            .withHeader("Forwarded", "for=\"" + parts[random.nextInt(parts.length)]);
                    Explanation explanation = limits(server).explain(request);
                    assertThat(explanation.toString()).as(request.toString()).doesNotContain("it cannot be told");
                } catch (IllegalArgumentException refused) {
                    assertThat(refused).hasMessageStartingWith("the ");
                }
            }
        }
    }
}
