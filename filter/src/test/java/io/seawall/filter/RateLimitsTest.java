package io.seawall.filter;

import static io.seawall.filter.PolicyFileServer.remaining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitOverride.Scope;
import io.seawall.ratelimit.StoreUnavailableException;
import io.seawall.redis.TestRedis;
import jakarta.servlet.ServletContext;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits that change while the application runs. */
class RateLimitsTest {

    private static final String LOOPBACK = "ip 127.0.0.1";

    @TempDir
    private Path directory;

    private static RateLimits limits(TestServer server) {
        return RateLimits.of(context(server), "api");
    }

    private static ServletContext context(TestServer server) {
        return server.application().getServletContext();
    }

    private static TestServer serve(Map<String, String> initParams) throws Exception {
        return new TestServer().filter("api", initParams).start();
    }

    private static Map<String, String> with(TestRedis redis, Map<String, String> initParams) {
        Map<String, String> all = new HashMap<>(initParams);
        all.putAll(Map.of("redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny"));
        return all;
    }

    private static long left(TestServer server, String... headers) {
        return PolicyFileServer.left(server.get("/", headers), "default");
    }

    @Test
    void all_filters_of_an_application_are_found_and_say_whether_their_store_is_there() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = new TestServer()
                        .filter("by-memory", Map.of())
                        .filter("by-nobody", Map.of("redis", "redis://127.0.0.1:1"))
                        .filter("by-redis", Map.of("redis", redis.uri()))
                        .start()) {
            Map<String, RateLimits> all = RateLimits.all(context(server));
            assertThat(all).containsOnlyKeys("by-memory", "by-nobody", "by-redis");
            assertThat(all).hasEntrySatisfying("by-memory", limits -> {
                assertThat(limits.isShared()).isFalse();
                assertThat(limits.isStoreAvailable()).isTrue();
            });
            assertThat(all).hasEntrySatisfying("by-nobody", limits -> {
                assertThat(limits.isShared()).isTrue();
                assertThat(limits.isStoreAvailable()).isFalse();
            });
            assertThat(all).hasEntrySatisfying("by-redis", limits -> {
                assertThat(limits.isShared()).isTrue();
                assertThat(limits.isStoreAvailable()).isTrue();
            });
        }
    }

    // ---- One node, in memory

    @Test
    void a_change_for_one_client_holds_from_its_next_request_on() throws Exception {
        try (TestServer server = serve(Map.of("limits", "3/1h", "trusted-proxies", "127.0.0.1"))) {
            assertThat(left(server)).isEqualTo(2);
            limits(server).set("default", "default", Scope.client(LOOPBACK), 100);
            HttpResponse<String> response = server.get("/");
            assertThat(remaining(response)).isEqualTo(Map.of("default", 98L));
            assertThat(response.headers().firstValue("RateLimit-Policy")).hasValue("\"default\";q=100;w=3600");
            assertThat(left(server, "X-Forwarded-For", "192.0.2.1")).isEqualTo(2);
        }
    }

    @Test
    void a_client_may_be_kept_out_and_let_in_again() throws Exception {
        try (TestServer server = serve(Map.of("limits", "3/1h"))) {
            limits(server).set("default", "default", Scope.client(LOOPBACK), 0);
            HttpResponse<String> refused = server.get("/");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
            assertThat(limits(server).remove("default", "default", Scope.client(LOOPBACK)))
                    .isTrue();
            assertThat(left(server)).isEqualTo(2);
        }
    }

    @Test
    void a_change_for_all_holds_for_all_but_those_that_have_their_own() throws Exception {
        try (TestServer server = serve(Map.of("limits", "3/1h", "trusted-proxies", "127.0.0.1"))) {
            limits(server).set("default", "default", Scope.all(), 50);
            limits(server).set("default", "default", Scope.client("ip 192.0.2.1"), 7);
            assertThat(left(server)).isEqualTo(49);
            assertThat(left(server, "X-Forwarded-For", "192.0.2.1")).isEqualTo(6);
            limits(server).remove("default", "default", Scope.client("ip 192.0.2.1"));
            assertThat(left(server, "X-Forwarded-For", "192.0.2.1")).isEqualTo(48);
        }
    }

    private static final Map<String, String> TIERS = Map.of(
            "limits", "3/1h", "tier", "header:X-Plan", "tier.gold.limits", "30/1h", "tier.tin.limits", "tin=1/1h");

    @Test
    void a_change_for_a_tier_holds_for_its_clients() throws Exception {
        try (TestServer server = serve(TIERS)) {
            limits(server).set("default", "default", Scope.tier("gold"), 300);
            assertThat(left(server, "X-Plan", "gold")).isEqualTo(299);
            assertThat(left(server)).isEqualTo(2);
            assertThat(limits(server).list())
                    .containsExactly(new LimitOverride("default", "default", Scope.tier("gold"), 300));
        }
    }

    // ---- Names of clients

    @Test
    void a_client_may_be_kept_out_by_a_token_of_any_length() throws Exception {
        // A value of more than 128 characters was counted under a name that was told nowhere.
        String token = "eyJhbGciOiJIUzI1NiJ9.".repeat(20).substring(0, 400);
        try (TestServer server = serve(Map.of("limits", "3/1h", "client", "header:X-Api-Key", "ip-limits", "99/1h"))) {
            limits(server).set("default", "default", limits(server).client("header:X-Api-Key " + token), 0);
            assertThat(server.get("/", "X-Api-Key", token).statusCode()).isEqualTo(429);
            assertThat(server.get("/", "X-Api-Key", token + "x").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_client_may_be_kept_out_by_its_address_as_the_access_log_has_it() throws Exception {
        try (TestServer server = serve(Map.of("limits", "3/1h", "trusted-proxies", "127.0.0.1"))) {
            limits(server).set("default", "default", limits(server).client("ip 2001:db8::1"), 0);
            limits(server).set("default", "default", limits(server).client("ip ::ffff:192.0.2.1"), 0);
            for (String address : new String[] {"2001:db8::1", "[2001:db8::2]:4711", "192.0.2.1"}) {
                assertThat(server.get("/", "X-Forwarded-For", address).statusCode())
                        .as(address)
                        .isEqualTo(429);
            }
            assertThat(left(server, "X-Forwarded-For", "2001:db8:0:1::1")).isEqualTo(2);
        }
    }

    @Test
    void a_client_is_reset_by_any_spelling_of_its_name() throws Exception {
        try (TestServer server = serve(Map.of("limits", "3/1h", "trusted-proxies", "127.0.0.1"))) {
            assertThat(left(server, "X-Forwarded-For", "2001:db8::1")).isEqualTo(2);
            limits(server).reset("default", "ip 2001:DB8:0:0:9::1");
            assertThat(left(server, "X-Forwarded-For", "2001:db8::1")).isEqualTo(2);
        }
    }

    @Test
    void a_client_that_the_filter_would_not_count_so_is_told() throws Exception {
        try (TestServer server = PolicyFileServer.of(directory, """
                api.limits = 3/1h
                api.client = header:X-Api-Key
                all.limits = 9/1h
                all.client = global
                """, Map.of()).start()) {
            RateLimits limits = limits(server);
            String why = "this filter counts nobody by 'principal': use one of [header:x-api-key, ip, global]";
            assertThatThrownBy(() -> limits.client("principal ada"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(why);
            assertThatThrownBy(() -> limits.reset("api", "principal ada"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(why);
            assertThat(limits.client("global")).isEqualTo(Scope.client("global"));
        }
    }

    @Test
    void an_address_that_is_only_counted_beside_a_client_is_one_too() throws Exception {
        try (TestServer global = serve(Map.of("client", "global"));
                TestServer paired = serve(Map.of("client", "global", "ip-limits", "9/1h"))) {
            assertThatThrownBy(() -> limits(global).client(LOOPBACK))
                    .hasMessage("this filter counts nobody by 'ip': use one of [global]");
            limits(paired).set("default", "default-ip", limits(paired).client(LOOPBACK), 0);
            assertThat(paired.get("/").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void a_client_with_a_long_name_may_have_a_change_too() throws Exception {
        String key = "k".repeat(100);
        try (TestServer server = serve(Map.of("limits", "3/1h", "client", "header:X-Api-Key", "ip-limits", "99/1h"))) {
            limits(server).set("default", "default", Scope.client("header:x-api-key " + key), 100);
            assertThat(left(server, "X-Api-Key", key)).isEqualTo(99);
            assertThat(left(server, "X-Api-Key", key.substring(1) + "x")).isEqualTo(2);
        }
    }

    @Test
    void the_limits_by_address_have_a_name_of_their_own() throws Exception {
        try (TestServer server = serve(Map.of("limits", "3/1h", "client", "header:X-Api-Key"))) {
            limits(server).set("default", "default-ip", Scope.client(LOOPBACK), 9);
            assertThat(remaining(server.get("/", "X-Api-Key", "ann")))
                    .isEqualTo(Map.of("default", 2L, "default-ip", 8L));
        }
    }

    @Test
    void the_limits_by_address_of_a_tier_are_those_of_the_tier() throws Exception {
        Map<String, String> initParams = new HashMap<>(TIERS);
        initParams.put("client", "header:X-Api-Key");
        try (TestServer server = serve(initParams)) {
            limits(server).set("default", "default-ip", Scope.tier("gold"), 9);
            assertThat(remaining(server.get("/", "X-Api-Key", "ann", "X-Plan", "gold")))
                    .isEqualTo(Map.of("default", 29L, "default-ip", 8L));
            assertThat(remaining(server.get("/", "X-Api-Key", "ann")))
                    .isEqualTo(Map.of("default", 2L, "default-ip", 2L));
        }
    }

    @Test
    void what_is_set_is_listed_without_the_client_until_it_is_removed() throws Exception {
        try (TestServer server = serve(Map.of("limits", "a=3/1h; b=4/1d"))) {
            RateLimits limits = limits(server);
            assertThat(limits.list()).isEmpty();
            limits.set("default", "a", Scope.client(LOOPBACK), 5);
            limits.set("default", "b", Scope.all(), 6);
            limits.set("default", "b", Scope.all(), 7);
            assertThat(limits.list())
                    .containsExactlyInAnyOrder(
                            new LimitOverride("default", "a", Scope.client(LOOPBACK), 5),
                            new LimitOverride("default", "b", Scope.all(), 7));
            assertThat(limits.list().toString())
                    .contains(ClientHash.of(LOOPBACK))
                    .doesNotContain("127.0.0.1");
            assertThat(limits.remove("default", "b", Scope.all())).isTrue();
            assertThat(limits.remove("default", "b", Scope.all())).isFalse();
            assertThat(limits.list()).hasSize(1);
        }
    }

    @Test
    void a_client_that_is_reset_begins_anew_and_without_its_ban() throws Exception {
        try (TestServer server = serve(Map.of("limits", "2/1h", "penalty", "1/1m ban 1h..1h"))) {
            while (server.get("/").statusCode() != 429) {}
            assertThat(server.get("/").body()).contains("abnormal-usage-detected");
            limits(server).reset("default", "ip 192.0.2.1");
            assertThat(server.get("/").statusCode()).isEqualTo(429);
            limits(server).reset("default", LOOPBACK);
            assertThat(left(server)).isEqualTo(1);
        }
    }

    @Test
    void a_reset_is_for_the_tiers_of_a_client_too() throws Exception {
        try (TestServer server = serve(TIERS)) {
            left(server);
            left(server, "X-Plan", "gold");
            limits(server).reset("default", LOOPBACK);
            assertThat(left(server)).isEqualTo(2);
            assertThat(left(server, "X-Plan", "gold")).isEqualTo(29);
        }
    }

    @Test
    void a_policy_of_a_file_is_changed_by_its_name_and_no_other() throws Exception {
        try (TestServer server = PolicyFileServer.of(directory, """
                api.limits = 3/1h
                login.limits = 3/1h
                """, Map.of()).start()) {
            assertThat(limits(server).policies()).containsExactly("api", "login");
            limits(server).set("login", "login", Scope.all(), 30);
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("api", 2L, "login", 29L));
            assertThat(limits(server).list()).containsExactly(new LimitOverride("login", "login", Scope.all(), 30));
            limits(server).reset("login", LOOPBACK);
            assertThat(remaining(server.get("/"))).isEqualTo(Map.of("api", 1L, "login", 29L));
        }
    }

    // ---- Unknown names

    @Test
    void what_there_is_not_is_told_with_what_there_is() throws Exception {
        try (TestServer server = serve(TIERS);
                TestServer plain = serve(Map.of())) {
            RateLimits limits = limits(server);
            assertThatThrownBy(() -> limits.set("login", "default", Scope.all(), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no policy 'login': use one of [default]");
            assertThatThrownBy(() -> limits.reset("login", LOOPBACK))
                    .hasMessage("there is no policy 'login': use one of [default]");
            assertThatThrownBy(() -> limits.set("default", "burst", Scope.all(), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("policy 'default' has no limit 'burst': use one of [default, tin]");
            assertThatThrownBy(() -> limits.remove("default", "burst", Scope.all()))
                    .hasMessage("policy 'default' has no limit 'burst': use one of [default, tin]");
            assertThatThrownBy(() -> limits.set("default", "default", Scope.tier("silver"), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("policy 'default' has no tier 'silver': use one of [gold, tin]");
            assertThatThrownBy(() -> limits.set("default", "default", Scope.tier("tin"), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("tier 'tin' of policy 'default' has no limit 'default': use one of [tin]");
            assertThatThrownBy(() -> limits(plain).set("default", "default", Scope.tier("gold"), 1))
                    .hasMessage("policy 'default' has no tier 'gold': use RateLimits.client(...) or Scope.all()");
            assertThat(limits.list()).isEmpty();
        }
    }

    @Test
    void permits_out_of_their_range_are_refused_and_nothing_is_set() throws Exception {
        try (TestServer server = serve(Map.of("client", "header:X-Api-Key"))) {
            for (long permits : new long[] {-1, 1L << 53}) {
                assertThatThrownBy(() -> limits(server).set("default", "default", Scope.all(), permits))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll("'default'", Long.toString(permits), "(2^53 - 1)");
            }
            assertThat(limits(server).list()).isEmpty();
        }
    }

    // ---- Redis

    @Test
    void all_nodes_heed_a_change_with_their_next_request() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer one = serve(with(redis, Map.of("limits", "3/1h", "penalty", "9/1m ban 1h..1h")));
                TestServer two = serve(with(redis, Map.of("limits", "3/1h", "penalty", "9/1m ban 1h..1h")))) {
            assertThat(left(two)).isEqualTo(2);

            limits(one).set("default", "default", Scope.client(LOOPBACK), 100);
            assertThat(left(two)).isEqualTo(98);
            assertThat(limits(two).list())
                    .containsExactly(new LimitOverride("default", "default", Scope.client(LOOPBACK), 100));

            limits(two).set("default", "default", Scope.client(LOOPBACK), 0);
            assertThat(one.get("/").statusCode()).isEqualTo(429);

            assertThat(limits(one).remove("default", "default", Scope.client(LOOPBACK)))
                    .isTrue();
            assertThat(left(two)).isZero();
            assertThat(two.get("/").statusCode()).isEqualTo(429);

            limits(one).reset("default", LOOPBACK);
            assertThat(left(two)).isEqualTo(2);
        }
    }

    @Test
    void a_change_stays_when_the_application_is_deployed_anew() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            try (TestServer server = serve(with(redis, TIERS))) {
                limits(server).set("default", "default", Scope.tier("gold"), 300);
                limits(server).set("default", "default", Scope.all(), 40);
            }
            try (TestServer server = serve(with(redis, TIERS))) {
                assertThat(left(server, "X-Plan", "gold")).isEqualTo(299);
                assertThat(left(server)).isEqualTo(39);
            }
        }
    }

    @Test
    void a_change_for_what_has_gone_from_the_configuration_can_be_removed() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            try (TestServer server = serve(with(redis, TIERS))) {
                limits(server).set("default", "default", Scope.tier("gold"), 300);
                limits(server).set("default", "tin", Scope.tier("tin"), 2);
            }
            try (TestServer server = serve(with(redis, Map.of("limits", "3/1h")))) {
                for (LimitOverride old : limits(server).list()) {
                    assertThat(limits(server).remove(old.policies(), old.limit(), old.scope()))
                            .isTrue();
                }
                assertThat(limits(server).list()).isEmpty();
            }
        }
    }

    @Test
    void a_filter_lists_its_own_changes_only() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = new TestServer()
                        .filter("api", with(redis, Map.of("limits", "3/1h")))
                        .filter("other", with(redis, Map.of("limits", "3/1h")))
                        .start()) {
            RateLimits.of(context(server), "other").set("default", "default", Scope.all(), 9);
            assertThat(limits(server).list()).isEmpty();
            assertThat(RateLimits.of(context(server), "other").list()).hasSize(1);
        }
    }

    @Test
    void without_redis_a_change_fails_and_says_so() throws Exception {
        try (TestRedis redis = TestRedis.absent();
                TestServer server = serve(with(redis, Map.of("limits", "3/1h")))) {
            assertThatThrownBy(() -> limits(server).set("default", "default", Scope.all(), 9))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> limits(server).list()).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> limits(server).reset("default", LOOPBACK))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    // ---- When there is one

    @Test
    void before_the_filter_is_there_and_after_it_has_gone_there_are_no_limits() throws Exception {
        try (TestServer server = new TestServer().filter("api", Map.of())) {
            assertThatThrownBy(() -> RateLimits.of(context(server), "api"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("no RateLimitFilter 'api' at work", "wait for the first request");
            server.start();
            assertThat(limits(server).policies()).containsExactly("default");
            assertThatThrownBy(() -> RateLimits.of(context(server), "API"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("correct the name");
            server.application().getServletHandler().getFilters()[0].getFilter().destroy();
            assertThatThrownBy(() -> limits(server)).isInstanceOf(IllegalStateException.class);
        }
    }
}
