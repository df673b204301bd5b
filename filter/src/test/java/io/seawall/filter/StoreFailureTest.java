package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.redis.TestRedis;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter with a Redis that is there, is not there, goes away and comes back. */
class StoreFailureTest {

    private static final int NOT_FOUND = 404; // no servlet: the request was admitted and found nothing

    private static TestServer serve(TestRedis redis, String limits, String onStoreFailure) throws Exception {
        return new TestServer()
                .filter(
                        "api",
                        Map.of(
                                "limits",
                                limits,
                                "redis",
                                redis.uri(),
                                "store-timeout",
                                "250ms",
                                "on-store-failure",
                                onStoreFailure))
                .start();
    }

    private static void awaitAway(TestServer server) {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> server.get("/").statusCode() == 503);
    }

    @Test
    void two_nodes_hold_a_client_to_one_limit() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer one = serve(redis, "10/1h", "deny");
                TestServer two = serve(redis, "10/1h", "deny")) {
            for (int i = 0; i < 5; i++) {
                assertThat(one.get("/").statusCode()).isEqualTo(NOT_FOUND);
                assertThat(two.get("/").statusCode()).isEqualTo(NOT_FOUND);
            }
            assertThat(one.get("/").statusCode()).isEqualTo(429);
            assertThat(two.get("/").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void an_application_that_is_undeployed_leaves_no_connection() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            long before = redis.connections();
            try (TestServer server = serve(redis, "10/1h", "deny")) {
                assertThat(server.get("/").statusCode()).isEqualTo(NOT_FOUND);
                assertThat(redis.connections()).isGreaterThan(before);
            }
            Awaitility.await().until(() -> redis.connections() == before);
        }
    }

    @ParameterizedTest
    @CsvSource({"local, 404", "allow, 404", "deny, 503"})
    void without_redis_at_the_start_the_application_starts_and_does_as_chosen(String choice, int status)
            throws Exception {
        try (TestRedis redis = TestRedis.absent();
                TestServer server = serve(redis, "1000/1h", choice)) {
            assertThat(server.get("/").statusCode()).isEqualTo(status);
        }
    }

    @Test
    void local_goes_on_limiting() throws Exception {
        try (TestRedis redis = TestRedis.absent();
                TestServer server = serve(redis, "2/1h", "local")) {
            assertThat(server.get("/").statusCode()).isEqualTo(NOT_FOUND);
            assertThat(server.get("/").statusCode()).isEqualTo(NOT_FOUND);
            assertThat(server.get("/").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void allow_admits_without_saying_where_the_client_stands() throws Exception {
        try (TestRedis redis = TestRedis.absent();
                TestServer server = serve(redis, "1/1h", "allow")) {
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> response = server.get("/");
                assertThat(response.statusCode()).isEqualTo(NOT_FOUND);
                assertThat(response.headers().firstValue("RateLimit-Policy")).isEmpty();
                assertThat(response.headers().firstValue("RateLimit")).isEmpty();
            }
        }
    }

    @Test
    void deny_says_that_the_capacity_is_reduced_for_now() throws Exception {
        try (TestRedis redis = TestRedis.absent();
                TestServer server = serve(redis, "1/1h", "deny")) {
            HttpResponse<String> response = server.get("/");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(response.body())
                    .isEqualTo(
                            "{\"type\":\"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity\","
                                    + "\"title\":\"Request cannot be satisfied due to temporary server capacity constraints\","
                                    + "\"status\":503}");
        }
    }

    @Test
    void redis_is_used_when_it_comes() throws Exception {
        try (TestRedis redis = TestRedis.absent();
                TestServer server = serve(redis, "1000/1h", "deny")) {
            awaitAway(server);
            redis.restart();
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> server.get("/").statusCode() == NOT_FOUND);
        }
    }

    @Test
    void no_request_fails_when_redis_is_killed_in_mid_run_and_comes_back() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = serve(redis, "1000000/1h", "local")) {
            for (int i = 0; i < 300; i++) {
                if (i == 100) {
                    redis.kill();
                } else if (i == 200) {
                    redis.restart();
                }
                assertThat(server.get("/").statusCode()).isEqualTo(NOT_FOUND);
            }
        }
    }

    @Test
    void no_request_fails_when_redis_hangs_in_mid_run_and_goes_on() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = serve(redis, "1000000/1h", "local")) {
            for (int i = 0; i < 300; i++) {
                if (i == 100) {
                    redis.hang();
                } else if (i == 200) {
                    redis.goOn();
                }
                assertThat(server.get("/").statusCode()).isEqualTo(NOT_FOUND);
            }
        }
    }
}
