package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.seawall.filter.admin.RefusedClient;
import io.seawall.filter.admin.RequestDescription;
import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.Sample;
import io.seawall.redis.TestRedis;
import io.seawall.test.CapturedLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A policy is put into shadow and taken out again while requests come. */
class ShadowSwitchTest {

    private static TestServer serve(Map<String, String> initParams) throws Exception {
        return new TestServer().filter("api", initParams).start();
    }

    private static RateLimits limits(TestServer server) {
        return RateLimits.of(server.application().getServletContext(), "api");
    }

    private static long decisions(TestServer server, String outcome) {
        MetricRegistry registry = (MetricRegistry)
                server.application().getServletContext().getAttribute(MetricRegistry.ATTRIBUTE_PREFIX + "api");
        return registry.families().stream()
                .filter(family -> family.meter().name().equals("seawall.limit.decisions"))
                .map(MetricFamily::samples)
                .flatMap(List::stream)
                .filter(sample -> sample.labelValues().contains(outcome))
                .mapToLong(sample -> ((Sample.Value) sample).value())
                .sum();
    }

    @Test
    void a_policy_in_shadow_refuses_nobody_and_counts_what_it_would_have_refused() throws Exception {
        try (TestServer server = serve(Map.of("limits", "1/1h"))) {
            assertThat(server.get("/").statusCode()).isEqualTo(404);
            assertThat(server.get("/").statusCode()).isEqualTo(429);
            limits(server).shadow("default", true);
            assertThat(limits(server).isShadow("default")).isTrue();
            assertThat(limits(server).describe().policies().get(0).shadowSwitched())
                    .isTrue();
            for (int i = 0; i < 3; i++) {
                assertThat(server.get("/").statusCode()).isEqualTo(404);
            }
            assertThat(decisions(server, "refused")).isEqualTo(1);
            assertThat(decisions(server, "shadow-refused")).isEqualTo(2);
            assertThat(limits(server)
                            .explain(RequestDescription.of("GET", "/", "127.0.0.1"))
                            .words())
                    .endsWith(
                            "It would be admitted, and limit 'default' of policy 'default' in shadow counts a refusal.");

            limits(server).shadow("default", false);
            assertThat(limits(server).isShadow("default")).isFalse();
            assertThat(server.get("/").statusCode()).isEqualTo(429);
            assertThat(limits(server).topRefused())
                    .extracting(RefusedClient::client, RefusedClient::shadow, RefusedClient::refusals)
                    .containsExactlyInAnyOrder(tuple("ip 127.0.0.1", false, 2L), tuple("ip 127.0.0.1", true, 2L));
        }
    }

    @Test
    void a_switch_is_told_in_the_log_once() throws Exception {
        try (TestServer server = serve(Map.of());
                CapturedLog log = new CapturedLog(RateLimitFilter.class)) {
            limits(server).shadow("default", true);
            limits(server).shadow("default", true);
            limits(server).shadow("default", false);
            assertThat(log.lines())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("INFO") && line.contains("policy 'default' was switched"));
        }
    }

    /** Bans, and the refusal of what cannot be counted, are refusals too. */
    @Test
    void a_policy_in_shadow_neither_bans_nor_refuses_what_it_cannot_count() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = serve(Map.of(
                        "limits",
                        "1/1h",
                        "penalty",
                        "1/1m ban 1h..1h",
                        "redis",
                        redis.uri(),
                        "store-timeout",
                        "10s",
                        "on-store-failure",
                        "deny"))) {
            server.get("/");
            server.get("/");
            assertThat(server.get("/").statusCode()).isEqualTo(429);
            limits(server).shadow("default", true);
            assertThat(server.get("/").statusCode()).isEqualTo(404);
            redis.kill();
            assertThat(server.get("/").statusCode()).isEqualTo(404);
            limits(server).shadow("default", false);
            assertThat(server.get("/").statusCode()).isIn(429, 503); // by what the node remembers, or by nobody
        }
    }

    @Test
    void with_redis_counts_go_on_through_a_switch() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = serve(Map.of("limits", "3/1h", "redis", redis.uri(), "store-timeout", "10s"))) {
            server.get("/");
            limits(server).shadow("default", true);
            server.get("/");
            limits(server).shadow("default", false);
            assertThat(PolicyFileServer.left(server.get("/"), "default")).isZero();
        }
    }

    @Test
    void what_is_configured_in_shadow_stays_so_whatever_is_switched() throws Exception {
        try (TestServer server = serve(Map.of("limits", "a=1/1h shadow; b=2/1h"))) {
            assertThat(limits(server).isShadow("default")).isFalse();
            limits(server).shadow("default", true);
            limits(server).shadow("default", false);
            Map<Integer, Integer> statuses = new HashMap<>();
            for (int i = 0; i < 3; i++) {
                statuses.merge(server.get("/").statusCode(), 1, Integer::sum);
            }
            assertThat(statuses).isEqualTo(Map.of(404, 2, 429, 1));
        }
        try (TestServer server = serve(Map.of("limits", "1/1h", "shadow", "true"))) {
            assertThat(limits(server).isShadow("default")).isTrue();
            limits(server).shadow("default", false);
            assertThat(limits(server).isShadow("default")).isTrue();
            assertThat(limits(server).describe().policies().get(0).shadowSwitched())
                    .isFalse();
        }
    }

    @Test
    void a_policy_that_is_not_there_cannot_be_switched() throws Exception {
        try (TestServer server = serve(Map.of())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> limits(server).shadow("other", true))
                    .withMessageContaining("there is no policy 'other': use one of [default]");
        }
    }

    @Test
    void a_client_is_reset_for_both() throws Exception {
        try (TestServer server = serve(Map.of("limits", "1/1h"))) {
            server.get("/");
            limits(server).shadow("default", true);
            server.get("/");
            limits(server).reset("default", "ip 127.0.0.1");
            server.get("/");
            assertThat(decisions(server, "shadow-refused")).isZero();
            limits(server).shadow("default", false);
            assertThat(server.get("/").statusCode()).isEqualTo(404);
        }
    }
}
