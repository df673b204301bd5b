package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.filter.TestServer;
import io.seawall.redis.TestRedis;
import io.seawall.test.CapturedLog;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and bodies of an application's own. */
class RefusalPageTest {

    private static final String PATH = "/WEB-INF/too-many.html";

    @TempDir
    private Path application;

    private void putPage(byte[] page) throws IOException {
        Files.createDirectories(application.resolve("WEB-INF"));
        Files.write(application.resolve("WEB-INF/too-many.html"), page);
    }

    private void putPage(String page) throws IOException {
        putPage(page.getBytes(StandardCharsets.UTF_8));
    }

    private TestServer server(Map<String, String> initParams) {
        TestServer server = new TestServer();
        server.application()
                .setBaseResource(ResourceFactory.of(server.application()).newResource(application));
        return server.filter("api", initParams);
    }

    private TestServer refusing(String refusalPage) throws Exception {
        TestServer server =
                server(Map.of("limits", "1/1h", "refusal-page", refusalPage)).start();
        assertThat(server.get("/").statusCode()).isEqualTo(404);
        return server;
    }

    // ---- A page

    @Test
    void who_likes_html_gets_the_page_with_what_only_the_filter_knows() throws Exception {
        putPage("<!DOCTYPE html><title>Grüße</title><p>{policies}: {retry-after} s");
        try (TestServer server = refusing(PATH)) {
            HttpResponse<String> refused = server.get("/", "Accept", "text/html");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            assertThat(refused.headers().firstValue("Vary")).hasValue("Accept");
            assertThat(refused.body())
                    .isEqualTo("<!DOCTYPE html><title>Grüße</title><p>default: "
                            + refused.headers().firstValue("Retry-After").orElseThrow() + " s");
            assertThat(server.get("/", "Accept", "application/json").body()).startsWith("{\"type\":");
        }
    }

    @Test
    void the_page_is_read_when_the_application_is_deployed_and_never_again() throws Exception {
        putPage("first");
        try (TestServer server = refusing(PATH)) {
            putPage("second");
            assertThat(server.get("/", "Accept", "text/html").body()).isEqualTo("first");
        }
    }

    @Test
    void a_page_about_limits_is_not_shown_when_redis_is_away() throws Exception {
        putPage("Too many.");
        try (TestRedis redis = TestRedis.absent();
                TestServer server = server(
                                Map.of("redis", redis.uri(), "on-store-failure", "deny", "refusal-page", PATH))
                        .start()) {
            HttpResponse<String> refused = server.get("/", "Accept", "text/html");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("<h1>Service unavailable</h1>");
        }
    }

    @Test
    void a_page_may_have_64_kib_and_not_more() throws Exception {
        putPage(new byte[64 * 1024]);
        refusing(PATH).close();
        putPage(new byte[64 * 1024 + 1]);
        assertThatThrownBy(() -> refusing(PATH))
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("init-param 'refusal-page'", PATH, "more than 65536 bytes", "make it smaller");
    }

    @Test
    void a_page_that_is_not_in_utf_8_stops_the_deployment() throws Exception {
        putPage("Grüße".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> refusing(PATH))
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("init-param 'refusal-page'", PATH, "save it in UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /WEB-INF/no.html                                   | the application has no resource | for example /WEB-INF/too-many.html
            /../../../../../../../../etc/hostname              | the application has no resource | for example /WEB-INF/too-many.html
            too-many.html                                      | there is no class               | begins with '/'
            java.lang.String                                   | does not implement              | io.seawall.filter.answer.RefusalWriter
            io.seawall.filter.answer.RefusalWriter                    | cannot be made                  | make it public, not abstract
            io.seawall.filter.answer.RefusalPageTest$Hidden           | cannot be made                  | a public constructor without arguments
            io.seawall.filter.answer.RefusalPageTest$Unwilling        | cannot be made, it throws       | no template
            """)
    void what_is_neither_page_nor_writer_stops_the_deployment(String value, String rule, String fix) {
        assertThatThrownBy(() -> refusing(value))
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("init-param 'refusal-page' of filter 'api'", "'" + value + "'", rule, fix);
    }

    // ---- A class

    /** No public constructor. */
    public static final class Hidden implements RefusalWriter {
        private Hidden() {}

        @Override
        public void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal) {}
    }

    /** Cannot be made. */
    public static final class Unwilling implements RefusalWriter {

        /** Fails. */
        public Unwilling() {
            throw new IllegalStateException("no template");
        }

        @Override
        public void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal) {}
    }

    /** Writes what it is told. */
    public static final class Telling implements RefusalWriter {

        /** For the filter. */
        public Telling() {}

        @Override
        public void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
                throws IOException {
            response.setContentType("text/csv");
            response.getWriter()
                    .print(request.getMethod() + "," + response.getStatus() + "," + refusal.status() + ","
                            + refusal.problem() + "," + refusal.violatedPolicies() + ","
                            + response.getHeader("Retry-After")
                                    .equals("" + refusal.retryAfterSeconds().orElseThrow()) + ","
                            + response.containsHeader("RateLimit"));
        }
    }

    @Test
    void a_class_of_the_application_writes_the_body_after_the_header_fields() throws Exception {
        try (TestServer server = refusing(Telling.class.getName())) {
            HttpResponse<String> refused = server.get("/", "Accept", "text/html");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).isEqualTo("GET,429,429,QUOTA_EXCEEDED,[default],true,true");
            assertThat(refused.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/csv");
            assertThat(refused.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(refused.headers().firstValue("Vary"))
                    .as("the filter did not choose")
                    .isEmpty();
            assertThat(server.send("HEAD", "/").body()).isEmpty();
        }
    }

    /** Fails in the way that the request asks for. */
    public static final class Failing implements RefusalWriter {

        /** For the filter. */
        public Failing() {}

        @Override
        public void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
                throws IOException, ServletException {
            response.setStatus(200);
            response.setContentType("text/csv");
            String how = request.getParameter("how");
            if (!how.equals("sent")) {
                response.setContentLength(5000);
            }
            switch (how) {
                case "writing" -> response.getWriter().print("half a ta");
                case "streaming" -> response.getOutputStream().print("half a ta");
                case "checked" -> throw new ServletException("no table");
                case "sent" -> {
                    response.getOutputStream().print("half a ta");
                    response.flushBuffer();
                }
                default -> {}
            }
            throw new IllegalStateException("no table");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"at once", "writing", "streaming", "checked"})
    void a_client_is_refused_in_any_case(String how) throws Exception {
        try (CapturedLog log = new CapturedLog(GuardedWriter.class);
                TestServer server = refusing(Failing.class.getName())) {
            HttpResponse<String> refused = server.get("/?how=" + how.replace(" ", ""));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
            assertThat(Json.read(refused.body()).getInt("status")).isEqualTo(429);
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void the_first_failure_is_a_warning_and_the_others_are_not() throws Exception {
        try (CapturedLog log = new CapturedLog(GuardedWriter.class);
                TestServer server = refusing(Failing.class.getName())) {
            for (int i = 0; i < 3; i++) {
                assertThat(server.get("/?how=").statusCode()).isEqualTo(429);
            }
            assertThat(log.lines()).hasSize(3);
            assertThat(log.lines().get(0)).startsWith("WARNING ").contains(Failing.class.getName(), "mend it");
            assertThat(log.lines().subList(1, 3)).allMatch(line -> line.startsWith("FINE "));
        }
    }

    @Test
    void half_an_answer_does_not_look_whole() throws Exception {
        try (TestServer server = refusing(Failing.class.getName())) {
            assertThatThrownBy(() -> server.get("/?how=sent")).hasRootCauseInstanceOf(IOException.class);
        }
    }
}
