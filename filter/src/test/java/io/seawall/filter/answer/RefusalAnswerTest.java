package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.filter.TestServer;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.test.Property;
import jakarta.json.JsonObject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refused client gets over real HTTP. */
class RefusalAnswerTest {

    private static TestServer refusing() throws Exception {
        return used(new TestServer().filter("api", Map.of("limits", "1/1h")).start());
    }

    private static TestServer used(TestServer server) {
        assertThat(server.get("/").statusCode()).isEqualTo(404);
        return server;
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json       | application/problem+json | {"type":
            */*                    | application/problem+json | {"type":
            text/html, */*;q=0.8   | text/html;charset=utf-8  | <!DOCTYPE html>
            text/plain             | text/plain;charset=utf-8 | Too many requests. Please try again in 61 minutes.
            """)
    void the_body_is_what_the_client_likes_most(String accept, String contentType, String start) throws Exception {
        try (TestServer server = refusing()) {
            HttpResponse<String> refused = server.get("/", "Accept", accept);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(header(refused, "Content-Type")).isEqualToIgnoringCase(contentType);
            assertThat(header(refused, "Vary")).isEqualTo("Accept");
            assertThat(refused.body()).startsWith(start);
        }
    }

    @Test
    void without_a_word_from_the_client_it_is_a_problem_document() throws Exception {
        try (TestServer server = refusing()) {
            HttpResponse<String> refused = server.get("/");
            assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
            JsonObject document = Json.read(refused.body());
            assertThat(document.getString("type")).isEqualTo(ProblemType.QUOTA_EXCEEDED.uri());
            assertThat(document.getInt("status")).isEqualTo(429);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/html", "text/plain"})
    void a_head_request_gets_all_header_fields_and_nothing_else(String accept) throws Exception {
        try (TestServer server = refusing()) {
            Map<String, List<String>> head = fields(server.send("HEAD", "/", "Accept", accept));
            assertThat(head).isEqualTo(fields(server.get("/", "Accept", accept)));
            assertThat(head).containsKeys("content-length", "content-type", "retry-after", "ratelimit", "vary");
            String raw = server.raw("HEAD /shop/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(raw).startsWith("HTTP/1.1 429 ").endsWith("\r\n\r\n").containsOnlyOnce("\r\n\r\n");
        }
    }

    /** All but what is later by a second in the second answer. */
    private static Map<String, List<String>> fields(HttpResponse<String> response) {
        Map<String, List<String>> fields = new TreeMap<>(response.headers().map());
        fields.remove("date");
        fields.replaceAll((name, values) -> name.equals("ratelimit") || name.equals("retry-after")
                ? values.stream()
                        .map(value -> value.replaceAll("36\\d\\d", "SECONDS"))
                        .toList()
                : values);
        return fields;
    }

    @Test
    void a_refusal_begins_no_error_dispatch() throws Exception {
        TestServer server = new TestServer().filter("api", Map.of("limits", "1/1h"));
        ErrorPageErrorHandler errorPages = new ErrorPageErrorHandler();
        errorPages.addErrorPage(400, 599, "/error");
        server.application().setErrorHandler(errorPages);
        try (TestServer refusing = server.start()) {
            refusing.get("/");
            HttpResponse<String> refused = refusing.get("/");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).startsWith("{\"type\":");
        }
    }

    @Test
    void an_answer_that_is_under_way_is_left_alone() throws Exception {
        try (TestServer server = new TestServer()
                .filter((request, response, chain) -> {
                    response.getOutputStream().print("begun, ");
                    response.flushBuffer();
                    chain.doFilter(request, response);
                    response.getOutputStream().print("ended");
                })
                .filter("api", Map.of("limits", "1/1h"))
                .servlet("/", new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        response.getOutputStream().print("served, ");
                    }
                })
                .start()) {
            assertThat(server.get("/").body()).isEqualTo("begun, served, ended");
            HttpResponse<String> refused = server.get("/");
            assertThat(refused.statusCode()).isEqualTo(200);
            assertThat(refused.body()).isEqualTo("begun, ended");
        }
    }

    @Test
    void it_is_told_whether_the_client_could_be_told() throws Exception {
        QuotaPolicies limits = QuotaPolicies.parse("api", "1/1h");
        Decision.Denied denied = TestDecisions.denied(
                List.of(TestDecisions.refused(limits.policies().get(0), 0, 1, 1)), 1);
        List<Boolean> told = new CopyOnWriteArrayList<>();
        try (TestServer server = new TestServer()
                .filter(answering((answers, request, response) -> {
                    told.add(answers.refuse(denied, request, response));
                    response.flushBuffer();
                    told.add(answers.refuse(denied, request, response));
                    told.add(answers.unavailable(request, response));
                }))
                .start()) {
            assertThat(server.get("/").statusCode()).isEqualTo(429);
            // The client has its answer before the filter is told.
            Awaitility.await().untilAsserted(() -> assertThat(told).containsExactly(true, false, false));
        }
    }

    @Test
    void of_a_page_that_includes_what_is_refused_the_rest_stays_whole() throws Exception {
        try (TestServer server = new TestServer()
                .filter("api", "/part", Map.of("limits", "1/1h"), DispatcherType.INCLUDE)
                .servlet("/part", new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        response.getWriter().print("part, ");
                    }
                })
                .servlet("/page", new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response)
                            throws ServletException, IOException {
                        response.getWriter().print("begun, ");
                        request.getRequestDispatcher("/part").include(request, response);
                        response.getWriter().print("ended");
                    }
                })
                .start()) {
            assertThat(server.get("/page").body()).isEqualTo("begun, part, ended");
            HttpResponse<String> second = server.get("/page");
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(second.body()).isEqualTo("begun, ended");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_another_filter_has_written_but_not_sent_is_dropped(boolean byWriter) throws Exception {
        try (TestServer server = new TestServer()
                .filter((request, response, chain) -> {
                    if (byWriter) {
                        response.getWriter().print("<header>");
                    } else {
                        response.getOutputStream().print("<header>");
                    }
                    chain.doFilter(request, response);
                })
                .filter("api", Map.of("limits", "1/1h"))
                .start()) {
            server.get("/");
            HttpResponse<String> refused = server.get("/");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(Json.read(refused.body()).getInt("status")).isEqualTo(429);
        }
    }

    // ---- Whatever is decided

    private interface Answering {
        void answer(Answers answers, HttpServletRequest request, HttpServletResponse response) throws Exception;
    }

    private static Filter answering(Answering answering) {
        Answers answers = new Answers(FieldStyle.NONE, List.of(), new NegotiatedBody(null));
        return (request, response, chain) -> {
            try {
                answering.answer(answers, (HttpServletRequest) request, (HttpServletResponse) response);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Test
    void every_field_that_arrives_is_read_back_by_another_parser() throws Exception {
        try (TestServer server = new TestServer()
                .filter((request, response, chain) -> Case.of(Long.parseLong(request.getParameter("seed")))
                        .answer((HttpServletRequest) request, (HttpServletResponse) response))
                .start()) {
            Property.holds(300, random -> {
                long seed = random.nextLong();
                Case.of(seed).check(server.get("/?seed=" + seed, "Accept", "application/json"));
            });
        }
    }

    private record Case(QuotaPolicies limits, Decision decision) {

        static Case of(long seed) {
            RandomDecisions decisions = new RandomDecisions(new SplittableRandom(seed));
            QuotaPolicies limits = decisions.limits();
            return new Case(limits, decisions.of(limits));
        }

        void answer(HttpServletRequest request, HttpServletResponse response) {
            Answers answers = new Answers(FieldStyle.DRAFT, List.of(limits), new NegotiatedBody(null));
            try {
                if (decision instanceof Decision.Denied denied) {
                    answers.refuse(denied, request, response);
                } else {
                    answers.admit(decision, request, response);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        void check(HttpResponse<String> response) {
            Map<String, Map<String, Long>> policies =
                    StructuredField.read(response.headers().allValues("RateLimit-Policy"));
            Map<String, Map<String, Long>> quotas =
                    StructuredField.read(response.headers().allValues("RateLimit"));
            assertThat(policies).hasSameSizeAs(decision.quotas()).allSatisfy((name, parameters) -> {
                assertThat(parameters.get("q")).isBetween(1L, 999_999_999_999_999L);
                assertThat(parameters.getOrDefault("w", 1L)).isBetween(1L, 366 * 86_400L);
            });
            assertThat(policies.keySet()).containsAll(quotas.keySet());
            assertThat(quotas).hasSameSizeAs(decision.quotas());
            if (decision instanceof Decision.Denied denied) {
                checkRefusal(response, denied, quotas);
            } else {
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.headers().firstValue("Retry-After")).isEmpty();
            }
        }

        private static void checkRefusal(
                HttpResponse<String> response, Decision.Denied denied, Map<String, Map<String, Long>> quotas) {
            assertThat(response.statusCode()).isEqualTo(429);
            JsonObject document = Json.read(response.body());
            assertThat(Json.strings(document, "violated-policies"))
                    .isEqualTo(denied.violated().stream()
                            .map(policy -> policy.name())
                            .toList());
            boolean never = denied.retryAfterMicros() == Long.MAX_VALUE;
            assertThat(document.containsKey("detail")).isEqualTo(never);
            long retryAfter = response.headers().firstValueAsLong("Retry-After").orElse(-1);
            if (never) {
                assertThat(retryAfter).as("not told").isEqualTo(-1);
            } else {
                assertThat(retryAfter * 1_000_000).isGreaterThanOrEqualTo(denied.retryAfterMicros());
                assertThat((retryAfter - 1) * 1_000_000).isLessThan(denied.retryAfterMicros());
            }
            assertThat(quotas)
                    .allSatisfy((name, parameters) ->
                            assertThat(parameters.getOrDefault("t", -1L)).isLessThanOrEqualTo(retryAfter));
        }
    }
}
