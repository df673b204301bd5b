package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.redis.TestRedis;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code penalty} over HTTP. */
class PenaltyAnswerTest {

    private static final String QUOTA = "quota-exceeded";
    private static final String ABNORMAL = "abnormal-usage-detected";

    private static String problem(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(429);
        return response.body().replaceAll("^\\{\"type\":\"[^#]*#|\",\"title.*", "");
    }

    private static long retryAfter(HttpResponse<String> response) {
        return Long.parseLong(response.headers().firstValue("Retry-After").orElseThrow());
    }

    private static void assertBansGrow(Map<String, String> store) throws Exception {
        Map<String, String> initParams = new HashMap<>(store);
        initParams.putAll(Map.of("limits", "100/1h", "cost", BY_HEADER, "penalty", "2/1m ban 1s..1h"));
        try (TestServer server = new TestServer().filter("api", initParams).start()) {
            for (long seconds = 1; seconds <= 4; seconds *= 2) {
                assertThat(problem(server.get("/", "X-Cost", "101"))).isEqualTo(QUOTA);
                server.get("/", "X-Cost", "101");
                HttpResponse<String> banned = server.get("/", "X-Cost", "1");
                assertThat(problem(banned)).isEqualTo(ABNORMAL);
                assertThat(retryAfter(banned)).isEqualTo(seconds);
                Awaitility.await()
                        .atMost(20, TimeUnit.SECONDS)
                        .until(() -> server.get("/", "X-Cost", "1").statusCode() == 404);
            }
        }
    }

    private static final String BY_HEADER = PoliciesTest.ByHeader.class.getName();

    @Test
    void who_goes_on_after_refusals_is_shut_out_for_longer_every_time() throws Exception {
        assertBansGrow(Map.of());
    }

    @Test
    void with_redis_too() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            assertBansGrow(Map.of("redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny"));
        }
    }

    /** From the refusal on with which the ban begins, though two permits are left: it asked for three. */
    private static void assertNoPermitIsTold(Map<String, String> store, String headers, String field, String told)
            throws Exception {
        Map<String, String> initParams = new HashMap<>(store);
        initParams.putAll(Map.of("limits", "3/1m token-bucket", "cost", BY_HEADER, "penalty", "1/1m ban 10m..1h"));
        initParams.put("headers", headers);
        try (TestServer server = new TestServer().filter("api", initParams).start()) {
            assertThat(server.get("/", "X-Cost", "1").statusCode()).isEqualTo(404);
            for (String cost : new String[] {"3", "1"}) {
                HttpResponse<String> refused = server.get("/", "X-Cost", cost);
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(retryAfter(refused)).isBetween(590L, 600L);
                assertThat(refused.headers().allValues(field))
                        .containsExactly(told.replace("WAIT", "" + retryAfter(refused)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "draft,  RateLimit,             '\"default\";r=0;t=WAIT'",
        "legacy, X-RateLimit-Remaining, 0",
        "legacy, X-RateLimit-Reset,     WAIT",
    })
    void who_is_banned_is_told_of_no_permit_before_the_ban_is_over(String headers, String field, String told)
            throws Exception {
        assertNoPermitIsTold(Map.of(), headers, field, told);
        try (TestRedis redis = TestRedis.start()) {
            assertNoPermitIsTold(
                    Map.of("redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny"),
                    headers,
                    field,
                    told);
        }
    }

    @Test
    void who_was_banned_is_served_again_when_the_policy_is_put_in_shadow() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            Map<String, String> initParams =
                    new HashMap<>(Map.of("redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny"));
            initParams.putAll(Map.of("limits", "1/1h", "penalty", "1/1m ban 1h..1h"));
            try (TestServer server = new TestServer().filter("api", initParams).start()) {
                server.get("/");
                server.get("/");
                assertThat(problem(server.get("/"))).isEqualTo(ABNORMAL);
            }
            initParams.put("shadow", "true");
            try (TestServer server = new TestServer().filter("api", initParams).start()) {
                assertThat(server.get("/").statusCode()).isEqualTo(404);
            }
        }
    }

    private static void assertToldWhenThereArePermits(Map<String, String> store) throws Exception {
        Map<String, String> initParams = new HashMap<>(store);
        initParams.putAll(Map.of("limits", "1/1h", "penalty", "1/1m ban 1m..1h"));
        try (TestServer server = new TestServer().filter("api", initParams).start()) {
            server.get("/");
            assertThat(retryAfter(server.get("/"))).isBetween(3_540L, 3_661L);
            HttpResponse<String> banned = server.get("/");
            assertThat(problem(banned)).isEqualTo(ABNORMAL);
            assertThat(retryAfter(banned)).isBetween(3_540L, 3_661L);
        }
    }

    @Test
    void who_is_banned_is_not_told_to_come_back_before_there_are_permits() throws Exception {
        assertToldWhenThereArePermits(Map.of());
        try (TestRedis redis = TestRedis.start()) {
            assertToldWhenThereArePermits(
                    Map.of("redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny"));
        }
    }
}
