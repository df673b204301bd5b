package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.junit.jupiter.api.Test;

/** The filter over real HTTP, counting in memory. */
class RateLimitFilterTest {

    /** Answers, and counts how often it was asked. */
    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            calls.incrementAndGet();
            response.getWriter().print("hello");
        }
    }

    private static String remaining(HttpResponse<String> response) {
        return response.headers().firstValue("RateLimit").orElseThrow().replaceAll(";t=.*", "");
    }

    @Test
    void an_admitted_request_goes_on_and_tells_where_the_client_stands() throws Exception {
        try (TestServer server = new TestServer()
                .filter("api", Map.of("limits", "burst=3/10s; sustained=100/1h"))
                .servlet("/hello", new Hello())
                .start()) {
            HttpResponse<String> response = server.get("/hello");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("hello");
            assertThat(response.headers().allValues("RateLimit-Policy"))
                    .containsExactly("\"burst\";q=3;w=10, \"sustained\";q=100;w=3600");
            assertThat(response.headers().firstValue("RateLimit").orElseThrow())
                    .matches("\"burst\";r=2;t=1[01], \"sustained\";r=99;t=36[0-6][0-9]");
            assertThat(response.headers().firstValue("Retry-After")).isEmpty();
            assertThat(response.headers().firstValue("Cache-Control")).isEmpty();
        }
    }

    @Test
    void a_request_beyond_the_limit_is_refused_with_the_standard_answer() throws Exception {
        Hello hello = new Hello();
        try (TestServer server = new TestServer()
                .filter("api", Map.of("limits", "2/10s"))
                .servlet("/hello", hello)
                .start()) {
            server.get("/hello");
            server.get("/hello");
            HttpResponse<String> response = server.get("/hello");
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.body())
                    .isEqualTo("{\"type\":\"https://iana.org/assignments/http-problem-types#quota-exceeded\","
                            + "\"title\":\"Request cannot be satisfied as assigned quota has been exceeded\","
                            + "\"status\":429,\"violated-policies\":[\"default\"]}");
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(response.headers().firstValue("Retry-After").orElseThrow())
                    .matches("10|11");
            assertThat(response.headers().firstValue("RateLimit-Policy")).hasValue("\"default\";q=2;w=10");
            assertThat(response.headers().firstValue("RateLimit").orElseThrow()).matches("\"default\";r=0;t=1[01]");
            assertThat(hello.calls).hasValue(2);
        }
    }

    @Test
    void a_refusal_names_the_limits_that_refused_and_charges_none() throws Exception {
        try (TestServer server = new TestServer()
                .filter("api", Map.of("limits", "burst=1/1h; sustained=100/1h"))
                .servlet("/hello", new Hello())
                .start()) {
            server.get("/hello");
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> refused = server.get("/hello");
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.body()).endsWith("\"violated-policies\":[\"burst\"]}");
                assertThat(refused.headers().firstValue("RateLimit").orElseThrow())
                        .endsWith("\"sustained\";r=99");
            }
        }
    }

    @Test
    void without_any_parameter_a_client_has_a_hundred_requests_a_minute() throws Exception {
        try (TestServer server = new TestServer()
                .filter("api", Map.of())
                .servlet("/hello", new Hello())
                .start()) {
            assertThat(server.get("/hello").headers().firstValue("RateLimit-Policy"))
                    .hasValue("\"default\";q=100;w=60");
        }
    }

    @Test
    void clients_are_told_apart_by_a_header_and_without_it_by_address() throws Exception {
        try (TestServer server = new TestServer()
                .filter("api", Map.of("limits", "1/1h", "ip-limits", "9/1h", "client", "header:X-Api-Key"))
                .servlet("/hello", new Hello())
                .start()) {
            assertThat(server.get("/hello", "X-Api-Key", "ann").statusCode()).isEqualTo(200);
            assertThat(server.get("/hello", "X-Api-Key", "bob").statusCode()).isEqualTo(200);
            assertThat(server.get("/hello", "x-api-key", "ann").statusCode()).isEqualTo(429);
            assertThat(server.get("/hello").statusCode()).isEqualTo(200);
            assertThat(server.get("/hello").statusCode()).isEqualTo(429);
            assertThat(server.get("/hello", "X-Api-Key", " ").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void two_filters_count_apart_and_both_tell() throws Exception {
        try (TestServer server = new TestServer()
                .filter("outer", Map.of("limits", "outer=10/1h"))
                .filter("inner", Map.of("limits", "inner=5/1h"))
                .servlet("/hello", new Hello())
                .start()) {
            HttpResponse<String> response = server.get("/hello");
            assertThat(response.headers().allValues("RateLimit-Policy"))
                    .containsExactly("\"outer\";q=10;w=3600, \"inner\";q=5;w=3600");
            assertThat(response.headers().allValues("RateLimit")).hasSize(1);
        }
    }

    // ---- Law 8: once per request, whatever the dispatches

    private static final DispatcherType[] ALL = DispatcherType.values();

    /** Sends one request and asks with a second what the first has cost. */
    private static void assertCountedOnce(TestServer server, String path) {
        server.get(path);
        assertThat(remaining(server.get("/hello"))).as(path).isEqualTo("\"default\";r=98");
    }

    private static TestServer onAllDispatches() {
        return new TestServer()
                .filter("api", "/*", Map.of("limits", "100/1h"), ALL)
                .servlet("/hello", new Hello());
    }

    @Test
    void a_forwarded_request_is_counted_once() throws Exception {
        try (TestServer server = onAllDispatches()
                .servlet("/forward", new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response)
                            throws ServletException, IOException {
                        request.getRequestDispatcher("/hello").forward(request, response);
                    }
                })
                .start()) {
            assertCountedOnce(server, "/forward");
        }
    }

    @Test
    void an_including_request_is_counted_once() throws Exception {
        try (TestServer server = onAllDispatches()
                .servlet("/include", new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response)
                            throws ServletException, IOException {
                        request.getRequestDispatcher("/hello").include(request, response);
                        request.getRequestDispatcher("/hello").include(request, response);
                    }
                })
                .start()) {
            assertCountedOnce(server, "/include");
        }
    }

    @Test
    void an_asynchronous_request_is_counted_once_however_often_it_is_dispatched() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        try (TestServer server = onAllDispatches()
                .servlet("/async", new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
                        if (rounds.incrementAndGet() < 3) {
                            request.startAsync().dispatch();
                        } else {
                            request.startAsync().dispatch("/hello");
                        }
                    }
                })
                .start()) {
            assertCountedOnce(server, "/async");
            assertThat(rounds).hasValue(3);
        }
    }

    @Test
    void a_request_that_ends_on_an_error_page_is_counted_once() throws Exception {
        TestServer server = onAllDispatches().servlet("/fail", new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.sendError(500);
            }
        });
        ErrorPageErrorHandler errorPages = new ErrorPageErrorHandler();
        errorPages.addErrorPage(500, "/hello");
        server.application().setErrorHandler(errorPages);
        try (TestServer started = server.start()) {
            assertThat(started.get("/fail").body()).isEqualTo("hello");
            assertThat(remaining(started.get("/hello"))).isEqualTo("\"default\";r=98");
        }
    }

    @Test
    void a_filter_that_is_mapped_twice_counts_once() throws Exception {
        try (TestServer server = new TestServer()
                .filter("api", Map.of("limits", "100/1h"))
                .mapAgain("/hello")
                .servlet("/hello", new Hello())
                .start()) {
            assertCountedOnce(server, "/hello");
        }
    }
}
