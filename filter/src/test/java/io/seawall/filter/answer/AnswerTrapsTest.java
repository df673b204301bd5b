package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.filter.TestServer;
import io.seawall.redis.TestRedis;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers of other rate limiters have got wrong. */
class AnswerTrapsTest {

    /** Every field that an answer of the filter may have; anything else is somebody's invention. */
    private static final Set<String> KNOWN = Set.of(
            "access-control-expose-headers",
            "cache-control",
            "content-length",
            "content-type",
            "date",
            "ratelimit",
            "ratelimit-policy",
            "retry-after",
            "server",
            "vary");

    private static TestServer refusing(Map<String, String> more) throws Exception {
        Map<String, String> initParams = new HashMap<>(more);
        initParams.put("limits", "1/1h");
        TestServer server = new TestServer().filter("api", initParams).start();
        server.get("/");
        return server;
    }

    // ---- A client that is not told when to come back (that it is not told too early, RefusalAnswerTest checks)

    @ParameterizedTest
    @ValueSource(strings = {"draft", "legacy", "none"})
    void retry_after_is_always_told(String headers) throws Exception {
        try (TestServer server = refusing(Map.of("headers", headers))) {
            HttpResponse<String> refused = server.get("/");
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(3600L, 3660L);
        }
    }

    // ---- A connection that ends without a word, so that the next request on it is lost

    @Test
    void whoever_is_refused_before_his_body_has_come_is_told_if_the_connection_ends() throws Exception {
        try (TestServer server = refusing(Map.of())) {
            assertThat(server.raw("POST /shop/ HTTP/1.1\r\nHost: shop\r\nContent-Length: 2\r\n\r\n"))
                    .startsWith("HTTP/1.1 429 ")
                    .contains("\r\nConnection: close\r\n");
        }
    }

    @Test
    void whoever_is_refused_with_a_body_that_has_come_may_go_on() throws Exception {
        try (TestServer server = refusing(Map.of())) {
            assertThat(server.raw("POST /shop/ HTTP/1.1\r\nHost: shop\r\nContent-Length: 2\r\n\r\nhi"
                            + "GET /shop/again HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"))
                    .containsPattern("(?s)^HTTP/1.1 429 .*HTTP/1.1 429 ");
        }
    }

    // ---- A refusal that a cache keeps and gives to everybody

    @Test
    void no_cache_may_keep_a_refusal_whatever_the_application_allows() throws Exception {
        try (TestRedis redis = TestRedis.absent();
                TestServer server = new TestServer()
                        .filter((request, response, chain) -> {
                            ((HttpServletResponse) response).setHeader("Cache-Control", "public, max-age=3600");
                            chain.doFilter(request, response);
                        })
                        .filter("api", "/api/*", Map.of("limits", "1/1h"), DispatcherType.REQUEST)
                        .filter(
                                "away",
                                "/away/*",
                                Map.of("redis", redis.uri(), "on-store-failure", "deny"),
                                DispatcherType.REQUEST)
                        .start()) {
            assertThat(server.get("/api/").headers().allValues("Cache-Control"))
                    .as("an admitted answer is the application's own")
                    .doesNotContain("no-store");
            for (HttpResponse<String> refused : List.of(server.get("/api/"), server.get("/away/"))) {
                assertThat(refused.statusCode()).isIn(429, 503);
                assertThat(refused.headers().allValues("Cache-Control")).containsExactly("no-store");
            }
        }
    }

    // ---- Words of the request in the answer: response splitting, scripts

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain", "application/json"})
    void nothing_of_a_request_comes_back_in_its_refusal(String accept) throws Exception {
        try (TestServer server = refusing(Map.of("client", "header:X-Api-Key", "ip-limits", "9/1h"))) {
            String evil = "evil<script>%0d%0aSet-Cookie:evil=1\"\\{retry-after}";
            String request = "GET /shop/evil%3Cscript%3E;evil=1?evil=%0d%0aevil:1 HTTP/1.1\r\nHost: localhost\r\n"
                    + "Connection: close\r\nAccept: " + accept + ", evil/evil;evil=\"evil\"\r\n"
                    + "Origin: " + evil + "\r\nX-Api-Key: " + evil + "\r\nAccess-Control-Request-Method: " + evil
                    + "\r\nAccept-Language: " + evil + "\r\nX-Forwarded-For: " + evil + "\r\n\r\n";
            assertThat(server.raw(request)).startsWith("HTTP/1.1 404 ");
            String refused = server.raw(request);
            assertThat(refused).startsWith("HTTP/1.1 429 ").doesNotContainIgnoringCase("evil");
            List<String> head = refused.substring(0, refused.indexOf("\r\n\r\n"))
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
                    .filter(name -> !name.equals("connection"))
                    .toList();
            assertThat(KNOWN).containsAll(head);
        }
    }

    // ---- Answers that tell too much

    @Test
    void an_answer_does_not_tell_who_was_counted() throws Exception {
        try (TestServer server = refusing(Map.of("client", "header:X-Api-Key"))) {
            server.get("/", "X-Api-Key", "secret-4711");
            for (String accept : List.of("text/html", "text/plain", "application/json")) {
                HttpResponse<String> refused = server.get("/", "X-Api-Key", "secret-4711", "Accept", accept);
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.headers().map() + refused.body())
                        .doesNotContain("secret", "127.0.0.1", "io.seawall", "ip ");
            }
        }
    }

    @Test
    void who_wants_to_tell_nothing_of_limits_tells_no_number_of_them() throws Exception {
        try (TestServer server = new TestServer()
                .filter("api", Map.of("limits", "1234567/1h", "headers", "none"))
                .filter("small", Map.of("limits", "7/1h", "headers", "none"))
                .start()) {
            for (int i = 0; i < 8; i++) {
                HttpResponse<String> answer = server.get("/", "Accept", "application/json");
                assertThat(answer.statusCode()).isEqualTo(i < 7 ? 404 : 429);
                assertThat(answer.headers().map().keySet())
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("ratelimit"));
            }
            String body = server.get("/", "Accept", "application/json").body();
            assertThat(Json.read(body).keySet()).containsExactly("type", "title", "status", "violated-policies");
        }
    }

    @Test
    void no_partition_key_is_told() throws Exception {
        try (TestServer server = refusing(Map.of())) {
            assertThat(server.get("/").headers().map().toString()).doesNotContain("pk=");
        }
    }
}
