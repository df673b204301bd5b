package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.redis.TestRedis;
import io.seawall.test.CapturedLog;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** What {@code lease} does for a filter. */
class LeaseTest {

    private static final int NOT_FOUND = 404; // no servlet: the request was admitted and found nothing
    private static final int TOO_MANY = 429;
    private static final int PERMITS = 200;

    /** A client that can be made up is counted by its address too, so each request claims two sets of limits. */
    @ParameterizedTest
    @ValueSource(strings = {"ip", "header:X-Api-Key"})
    void a_hot_client_is_told_the_same_and_redis_is_asked_seldom(String who) throws Exception {
        try (TestRedis redis = TestRedis.start();
                RedisClient client = redis.client();
                TestServer server = new TestServer()
                        .filter(
                                "api",
                                Map.of(
                                        "limits",
                                        PERMITS + "/24h",
                                        "client",
                                        who,
                                        "redis",
                                        redis.uri(),
                                        "store-timeout",
                                        "10s",
                                        "lease",
                                        "50"))
                        .start()) {
            long before = TestRedis.calls(client, "exists");
            for (int i = 1; i <= PERMITS; i++) {
                HttpResponse<String> answer = server.get("/", "X-Api-Key", "ann");
                assertThat(answer.statusCode()).isEqualTo(NOT_FOUND);
                assertThat(answer.headers().firstValue("RateLimit").orElseThrow())
                        .contains("\"default\";r=" + (PERMITS - i) + ";");
            }
            HttpResponse<String> refused = server.get("/", "X-Api-Key", "ann");
            assertThat(refused.statusCode()).isEqualTo(TOO_MANY);
            assertThat(TestRedis.calls(client, "exists") - before).isLessThan(PERMITS * 2 / 3);
        }
    }

    @Test
    void the_start_tells_of_leases_and_that_memory_has_no_use_for_them() throws Exception {
        try (CapturedLog log = new CapturedLog(RateLimitFilter.class);
                TestRedis redis = TestRedis.start()) {
            Map<String, String> params = new HashMap<>(Map.of("limits", "100/60s", "lease", "50"));
            new TestServer().filter("api", params).start().close();
            assertThat(log.lines())
                    .anyMatch(line -> line.endsWith(", counted in this JVM, where 'lease' does nothing"));
            params.put("redis", redis.uri());
            new TestServer().filter("api", params).start().close();
            assertThat(log.lines()).anyMatch(line -> line.endsWith(", with leases of up to 50 permits"));
        }
    }
}
