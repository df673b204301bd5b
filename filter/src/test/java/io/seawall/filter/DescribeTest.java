package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.filter.admin.FilterDescription;
import io.seawall.filter.admin.FilterDescription.Policy;
import io.seawall.filter.admin.FilterDescription.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a filter is set to, and where that came from, is told without secrets. */
class DescribeTest {

    @TempDir
    private Path directory;

    @AfterEach
    void clear() {
        System.clearProperty("SHOP_REDIS");
    }

    private static FilterDescription described(TestServer server) {
        return RateLimits.of(server.application().getServletContext(), "api").describe();
    }

    private static Setting setting(FilterDescription description, String name) {
        return description.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void settings_are_told_with_where_they_came_from() throws Exception {
        System.setProperty("SHOP_REDIS", "redis://app:tops3cret@127.0.0.1:1");
        try (TestServer server = new TestServer()
                .filter(
                        "api",
                        Map.of(
                                "limits",
                                "7/1m token-bucket burst=9",
                                "redis",
                                "${SHOP_REDIS}",
                                "key-prefix",
                                "${NO_SUCH_NAME:shop}"))
                .start()) {
            FilterDescription description = described(server);
            assertThat(description.filter()).isEqualTo("api");
            assertThat(description.settings())
                    .contains(
                            new Setting("limits", "7/1m token-bucket burst=9", "init-param"),
                            new Setting("client", "ip", "default"),
                            new Setting("on-store-failure", "local", "default"),
                            new Setting("max-clients", "100000", "default"),
                            new Setting("store-timeout", "25ms", "default"),
                            new Setting("trusted-proxies", "", "default"),
                            new Setting("key-prefix", "shop", "init-param, NO_SUCH_NAME from its default"));
            assertThat(setting(description, "redis").from()).isEqualTo("init-param, SHOP_REDIS from a system property");
            assertThat(setting(description, "redis").value()).endsWith("@127.0.0.1:1");
            assertThat(description.store().kind()).isEqualTo("redis");
            assertThat(description.store().up()).isFalse();
            assertThat(description.toString()).doesNotContain("tops3cret");
            FilterDescription.Limit limit =
                    description.policies().get(0).limits().get(0);
            assertThat(limit)
                    .isEqualTo(new FilterDescription.Limit(
                            "default",
                            "default=7/1m token-bucket burst=9",
                            7,
                            Duration.ofMinutes(1),
                            "token-bucket",
                            9,
                            false));
        }
    }

    @Test
    void policies_of_a_file_are_told_with_file_and_line() throws Exception {
        String policies = """
                # who comes
                api.limits = 100/1h

                login.match = POST /login
                login.client = header:X-Api-Key
                login.limits = 3/1h
                login.penalty = 1/1m ban 1h..1h
                login.cost = POST /login = 2
                login.tier = header:X-Plan
                login.tier.gold.limits = 30/1h
                """;
        try (TestServer server = PolicyFileServer.of(directory, policies, Map.of("on-store-failure", "deny"))
                .start()) {
            FilterDescription description = described(server);
            assertThat(setting(description, "api.limits").from()).isEqualTo(PolicyFileServer.LOCATION + ":2");
            assertThat(setting(description, "login.limits"))
                    .isEqualTo(new Setting("login.limits", "3/1h", PolicyFileServer.LOCATION + ":6"));
            assertThat(description.store()).isEqualTo(new FilterDescription.Store("memory", null, true, 1));
            assertThat(description.policies()).extracting(Policy::name).containsExactly("api", "login");
            Policy login = description.policies().get(1);
            assertThat(login.client()).isEqualTo("header:x-api-key");
            assertThat(login.match()).isEqualTo("POST /login");
            assertThat(login.cost()).isEqualTo("POST /login = 2");
            assertThat(login.penalty()).isNotNull();
            assertThat(login.onStoreFailure()).isEqualTo("deny");
            assertThat(login.tierBy()).isEqualTo("header:X-Plan");
            assertThat(login.tiers().get(0).limits().get(0).permits()).isEqualTo(30);
            assertThat(login.addressLimits().get(0).name()).isEqualTo("login-ip");
        }
    }

    @Test
    void all_filters_of_an_application_are_found() throws Exception {
        try (TestServer server = new TestServer()
                .filter("b", Map.of())
                .filter("a", Map.of("limits", "1/1h"))
                .start()) {
            assertThat(RateLimits.all(server.application().getServletContext())).containsOnlyKeys("a", "b");
        }
    }
}
