package io.seawall.filter.caching;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications do late, twice, or past the filter: no cache keeps what it must not, and no byte is lost. */
class HostileApplicationTest {

    private static final String DEFAULT = "max-age=60, stale-while-revalidate=30, stale-if-error=600";
    private static final String FOR_ONE = "private, no-cache";

    private static void write(HttpServletResponse response, String text) throws IOException {
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    // ---- What servlets do by themselves

    @Test
    void a_length_that_is_held_back_is_seen_by_whoever_wants_to_correct_it() throws Exception {
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        try (CachingServer server = CachingServer.answering((request, response) -> {
            response.setContentLength(5000);
            seen.add(response.containsHeader("content-length"));
            seen.add(response.getHeader("Content-Length"));
            seen.addAll(response.getHeaders("Content-Length"));
            seen.add(response.containsHeader("Content-Range"));
            response.setContentLength(3);
            write(response, "two");
        })) {
            assertThat(server.get().body()).isEqualTo("two");
            assertThat(seen).containsExactly(true, "5000", "5000", false);
        }
    }

    @ParameterizedTest
    @CsvSource({"weak, 200, two", "none, 304, ''"})
    void a_name_that_is_another_one_by_now_counts_more_than_a_date_that_is_the_same(
            String etag, int status, String body) throws Exception {
        AtomicReference<String> text = new AtomicReference<>("one");
        HttpServlet dated = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected long getLastModified(HttpServletRequest request) {
                return 1_700_000_000_000L;
            }

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                assertThat(Collections.list(request.getHeaderNames())).isNotEmpty();
                write(response, Objects.requireNonNull(text.get()));
            }
        };
        try (CachingServer server = new CachingServer()
                .filter("CacheHeadersFilter", Map.of("etag", etag))
                .servlet("/*", dated::service)
                .start()) {
            String date = Objects.requireNonNull(server.get().field("Last-Modified"));
            String name = Objects.requireNonNullElse(server.get().etag(), "W/\"other\"");
            text.set("two");

            Answer answer = server.get("If-None-Match", name, "If-Modified-Since", date);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(body);
            assertThat(server.get("If-Modified-Since", date).status())
                    .as("a date alone")
                    .isEqualTo(304);
        }
    }

    // ---- What becomes known after the first byte has been passed on, and before it is sent

    @ParameterizedTest
    @CsvSource({
        "none, addCookie", "none, setHeader", "none, addHeader", "none, session",
        "weak, addCookie", "weak, setHeader", "weak, addHeader", "weak, session"
    })
    void who_turns_out_to_be_somebody_after_the_first_bytes_is_somebody(String etag, String how) throws Exception {
        CachingServer caching =
                new CachingServer().filter("CacheHeadersFilter", Map.of("etag", etag, "max-body", "1KiB"));
        caching.server().application().setSessionHandler(new SessionHandler());
        try (CachingServer server = caching.servlet("/*", (request, response) -> {
                    write(response, "x".repeat(1025));
                    switch (how) {
                        case "addCookie" -> response.addCookie(new Cookie("a", "b"));
                        case "setHeader" -> response.setHeader("set-cookie", "a=b");
                        case "addHeader" -> response.addHeader("Set-Cookie", "a=b");
                        default -> request.getSession();
                    }
                })
                .start()) {
            Answer answer = server.get();
            assertThat(answer.field("Set-Cookie")).isNotNull();
            assertThat(answer.cacheControl()).containsExactly(FOR_ONE);
        }
    }

    @Test
    void what_the_application_adds_after_the_first_bytes_is_all_that_is_told() throws Exception {
        try (CachingServer server = CachingServer.answering(Map.of("etag", "none"), (request, response) -> {
            write(response, "hello");
            response.addHeader("Cache-Control", "max-age=1");
        })) {
            assertThat(server.get().cacheControl()).containsExactly("max-age=1");
        }
    }

    @Test
    void an_error_that_sets_a_cookie_is_still_not_to_be_stored() throws Exception {
        try (CachingServer server = CachingServer.answering(Map.of("etag", "none"), (request, response) -> {
            write(response, "hello");
            response.setStatus(500);
            response.addCookie(new Cookie("a", "b"));
        })) {
            assertThat(server.get().cacheControl()).containsExactly("no-store");
        }
    }

    // ---- Half an answer

    /** A try with resources closes the stream before the exception is seen. */
    @ParameterizedTest
    @CsvSource({"true, 4", "false, 4", "true, 2000", "false, 2000"})
    void an_answer_that_breaks_in_a_try_with_resources_is_an_error(boolean asBytes, int size) throws Exception {
        try (CachingServer server = CachingServer.answering(Map.of("max-body", "1KiB"), (request, response) -> {
            if (asBytes) {
                try (OutputStream out = response.getOutputStream()) {
                    out.write("x".repeat(size).getBytes(StandardCharsets.UTF_8));
                    throw new IllegalStateException("expected");
                }
            }
            try (PrintWriter out = response.getWriter()) {
                out.print("x".repeat(size));
                throw new IllegalStateException("expected");
            }
        })) {
            Answer answer = server.get();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.cacheControl()).noneMatch(field -> field.contains("max-age"));
            assertThat(answer.etag()).isNull();
            assertThat(answer.body()).doesNotContain("xxxx");
        }
    }

    @Test
    void what_is_done_after_a_close_changes_nothing() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            write(response, "hello");
            response.getOutputStream().close();
            response.getOutputStream().write('x');
            response.getOutputStream().flush();
            response.getOutputStream().close();
            response.flushBuffer();
        })) {
            Answer answer = server.get();
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.etag()).isNotNull();
            assertThat(server.get("If-None-Match", "*").status()).isEqualTo(304);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_error_page_after_a_close_is_whole(boolean asError) throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            response.getWriter().print("half");
            response.getWriter().close();
            if (asError) {
                response.sendError(503);
            } else {
                response.reset();
                response.setStatus(503);
                response.getWriter().print("sorry");
            }
        })) {
            Answer answer = server.get();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).doesNotContain("half");
            assertThat(answer.body().contains("sorry")).isEqualTo(!asError);
        }
    }

    @Test
    void less_than_was_promised_has_no_name() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            response.setContentLength(100);
            write(response, "hello");
        })) {
            String answer = server.server().raw("GET /shop/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("etag");
            assertThat(server.server()
                            .raw("GET /shop/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nIf-None-Match: *\r\n\r\n"))
                    .doesNotContain(" 304 ");
        }
    }

    // ---- Past the filter

    @Test
    void what_is_written_past_the_filter_has_no_name_of_nothing() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            HttpServletResponse own = (HttpServletResponse) ((HttpServletResponseWrapper) response).getResponse();
            own.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
        })) {
            assertThat(server.get().etag()).isNull();
            assertThat(server.get("If-None-Match", "*").body()).isEqualTo("hello");
        }
    }

    @Test
    void what_becomes_asynchronous_past_the_filter_has_no_name_of_nothing() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            HttpServletRequest own = (HttpServletRequest) ((ServletRequestWrapper) request).getRequest();
            AsyncContext context = own.startAsync();
            write(response, "first,");
            context.start(() -> {
                try {
                    write((HttpServletResponse) context.getResponse(), "second");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                context.complete();
            });
        })) {
            Answer answer = server.get("If-None-Match", "*");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.etag()).isNull();
            assertThat(answer.body()).contains("first,", "second");
        }
    }

    // ---- Again, and otherwise

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_goes_on_with_the_stream_of_before_a_reset_loses_nothing(boolean asBytes) throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            if (asBytes) {
                ServletOutputStream out = response.getOutputStream();
                out.print("old");
                response.reset();
                out.print("hello");
            } else {
                PrintWriter out = response.getWriter();
                out.print("old");
                response.reset();
                out.print("hello");
            }
        })) {
            assertThat(server.get().body()).isEqualTo("hello");
        }
    }

    /** That of Servlet 6.1, as its default methods call it. */
    @ParameterizedTest
    @CsvSource({"true, weak", "false, weak", "true, none", "false, none"})
    void a_redirect_of_servlet_6_1_is_not_fresh_and_has_the_body_that_it_is_given(boolean clear, String etag)
            throws Exception {
        try (CachingServer server = CachingServer.answering(Map.of("etag", etag), (request, response) -> {
            write(response, "look there");
            ((CachedAnswer) response).sendRedirect("/elsewhere", 303, clear);
            assertThat(response.isCommitted()).isTrue();
        })) {
            Answer answer = server.get("If-None-Match", "*");
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.field("Location")).endsWith("/elsewhere");
            assertThat(answer.cacheControl()).noneMatch(field -> field.contains("max-age"));
            assertThat(answer.etag()).isNull();
            assertThat(answer.body()).isEqualTo(clear ? "" : "look there");
        }
    }

    @Test
    void no_store_is_no_store_in_whatever_letters() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            response.setHeader("Cache-Control", "No-Store");
            write(response, "hello");
        })) {
            assertThat(server.get().etag()).isNull();
        }
    }

    @Test
    void of_two_filters_both_hear_of_a_late_cookie() throws Exception {
        CachingServer caching = new CachingServer()
                .filter("outer", Map.of("etag", "none", "max-age", "1h"), DispatcherType.FORWARD)
                .filter("inner", Map.of("max-body", "1KiB"));
        try (CachingServer server = caching.servlet("/*", (request, response) -> {
                    write(response, "x".repeat(1025));
                    response.addCookie(new Cookie("a", "b"));
                })
                .start()) {
            assertThat(server.get().cacheControl()).containsExactly(FOR_ONE);
        }
    }

    @Test
    void a_part_of_the_content_is_left_alone() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            response.setStatus(206);
            response.setHeader("Content-Range", "bytes 0-4/10");
            write(response, "hello");
        })) {
            Answer answer = server.get("Range", "bytes=0-4", "If-None-Match", "*");
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.cacheControl()).isEmpty();
            assertThat(answer.etag()).isNull();
        }
    }

    @Test
    void a_client_of_http_1_0_gets_all_of_it() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            write(response, "hello,");
            response.getOutputStream().flush();
            write(response, "x".repeat(100_000));
        })) {
            String answer = server.server().raw("GET /shop/ HTTP/1.0\r\n\r\n");
            assertThat(answer).contains("Cache-Control: " + DEFAULT).endsWith("hello," + "x".repeat(100_000));
        }
    }
}
