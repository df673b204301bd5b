package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser needs to let a page of another origin read the answers, and to send its requests at all. */
class CrossOriginTest {

    private static final String EXPOSE = "Access-Control-Expose-Headers";
    private static final String ORIGIN = "https://shop.example";

    private static TestServer serve(String limits, Map<String, String> more) throws Exception {
        Map<String, String> initParams = new HashMap<>(more);
        initParams.put("limits", limits);
        return new TestServer().filter("api", initParams).start();
    }

    private static HttpResponse<String> preflight(TestServer server) {
        return server.send("OPTIONS", "/", "Origin", ORIGIN, "Access-Control-Request-Method", "PUT");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            draft  | RateLimit, RateLimit-Policy, Retry-After
            legacy | X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After
            none   | Retry-After
            """)
    void the_fields_are_exposed_on_admitted_and_refused_answers(String headers, String names) throws Exception {
        try (TestServer server = serve("1/1h", Map.of("headers", headers))) {
            HttpResponse<String> admitted = server.get("/", "Origin", ORIGIN);
            HttpResponse<String> refused = server.get("/", "Origin", ORIGIN);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(admitted.headers().allValues(EXPOSE)).containsExactly(names);
            assertThat(refused.headers().allValues(EXPOSE)).containsExactly(names);
        }
    }

    @Test
    void a_page_of_the_same_origin_needs_none_of_it() throws Exception {
        try (TestServer server = serve("1/1h", Map.of())) {
            assertThat(server.get("/").headers().allValues(EXPOSE)).isEmpty();
            assertThat(server.get("/").headers().allValues(EXPOSE)).isEmpty();
        }
    }

    @Test
    void what_the_application_exposes_stays_exposed() throws Exception {
        try (TestServer server = new TestServer()
                .filter((request, response, chain) -> {
                    ((HttpServletResponse) response).setHeader("Access-Control-Allow-Origin", ORIGIN);
                    ((HttpServletResponse) response).setHeader("Vary", "Origin");
                    ((HttpServletResponse) response).setHeader(EXPOSE, "X-Total");
                    chain.doFilter(request, response);
                })
                .filter("api", Map.of("limits", "1/1h"))
                .start()) {
            server.get("/");
            HttpResponse<String> refused = server.get("/", "Origin", ORIGIN);
            assertThat(refused.headers().allValues(EXPOSE))
                    .containsExactly("X-Total", "RateLimit, RateLimit-Policy, Retry-After");
            assertThat(refused.headers().allValues("Access-Control-Allow-Origin"))
                    .containsExactly(ORIGIN);
            assertThat(refused.headers().allValues("Vary")).containsExactly("Origin", "Accept");
        }
    }

    @Test
    void two_filters_expose_them_once() throws Exception {
        try (TestServer server = new TestServer()
                .filter("outer", Map.of("limits", "outer=5/1h"))
                .filter("inner", Map.of("limits", "inner=1/1h"))
                .start()) {
            assertThat(server.get("/", "Origin", ORIGIN).headers().allValues(EXPOSE))
                    .hasSize(1);
            assertThat(server.get("/", "Origin", ORIGIN).headers().allValues(EXPOSE))
                    .hasSize(1);
        }
    }

    @Test
    void a_preflight_costs_nothing_and_is_told_nothing() throws Exception {
        try (TestServer server = serve("1/1h", Map.of())) {
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> answer = preflight(server);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
            }
            assertThat(server.get("/").statusCode()).isEqualTo(404);
            assertThat(server.get("/").statusCode()).isEqualTo(429);
            assertThat(preflight(server).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void preflights_count_where_that_is_wanted() throws Exception {
        try (TestServer server = serve("1/1h", Map.of("preflights", "count"))) {
            assertThat(preflight(server).statusCode()).isEqualTo(200);
            assertThat(preflight(server).statusCode()).isEqualTo(429);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIONS",
                "OPTIONS Origin https://shop.example",
                "OPTIONS Access-Control-Request-Method PUT",
                "GET Origin https://shop.example Access-Control-Request-Method PUT",
                "options Origin https://shop.example Access-Control-Request-Method PUT",
            })
    void what_is_no_preflight_is_counted(String request) throws Exception {
        String[] words = request.split(" ", -1);
        String[] headers = Arrays.copyOfRange(words, 1, words.length);
        try (TestServer server = serve("1/1h", Map.of())) {
            server.send(words[0], "/", headers);
            assertThat(server.send(words[0], "/", headers).statusCode()).isEqualTo(429);
        }
    }
}
