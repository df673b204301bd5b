package io.seawall.filter.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.filter.RateLimitFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheHeadersFilterTest {

    private static final String DEFAULT = "max-age=60, stale-while-revalidate=30, stale-if-error=600";
    private static final String FOR_ONE = "private, no-cache";

    private static CachingServer.Body text(String text) {
        return (request, response) -> write(response, text);
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        response.setContentType("text/plain;charset=utf-8");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String[] ifNoneMatch(Answer answer) {
        return new String[] {"If-None-Match", Objects.requireNonNull(answer.etag())};
    }

    // ---- What is told

    @Test
    void an_answer_is_fresh_for_a_while_and_has_a_weak_name() throws Exception {
        try (CachingServer server = CachingServer.answering(text("hello"))) {
            Answer answer = server.get();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.cacheControl()).containsExactly(DEFAULT);
            assertThat(answer.etag()).matches("W/\"[A-Za-z0-9_-]{22}\"");
            assertThat(answer.field("Content-Length")).isEqualTo("5");
            assertThat(answer.field("Vary")).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10s | ''  | 30s | 10m | max-age=10, stale-while-revalidate=30, stale-if-error=600
            0s  | 5m  | 0s  | 0s  | max-age=0, s-maxage=300
            1d  | 0s  | ''  | 1h  | max-age=86400, s-maxage=0, stale-if-error=3600
            ${no.such:1m} | ${no.such:} | 1s | ${no.such:} | max-age=60, stale-while-revalidate=1
            365d | ''  | 365d | '' | max-age=31536000, stale-while-revalidate=31536000
            """)
    void the_parameters_say_what_is_told(
            String maxAge, String shared, String whileRevalidate, String ifError, String told) throws Exception {
        Map<String, String> initParams = Map.of(
                "max-age", maxAge,
                "s-maxage", shared,
                "stale-while-revalidate", whileRevalidate,
                "stale-if-error", ifError);
        try (CachingServer server = CachingServer.answering(initParams, text("hello"))) {
            assertThat(server.get().cacheControl()).containsExactly(told);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max-age                | 60     | ms, s, m, h, d
            max-age                | ''     | ms, s, m, h, d
            max-age                | 1500ms | use whole seconds, 0s to 365d
            s-maxage               | 366d   | use whole seconds, 0s to 365d
            stale-while-revalidate | -1s    | ms, s, m, h, d
            stale-if-error         | soon   | ms, s, m, h, d
            etag                   | Weak   | use weak, strong or none
            max-body               | 64k    | KiB, MiB
            max-body               | 0KiB   | use 1KiB to 16MiB
            max-body               | 17MiB  | or etag = none
            max-age                | ${no.such} | ${no.such:default}
            maxage                 | 1s     | did you mean 'max-age'
            """)
    void a_mistake_stops_the_deployment_and_says_how_to_mend_it(String name, String value, String fix) {
        try (CachingServer server = new CachingServer().filter("ProductsCache", Map.of(name, value))) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(ServletException.class)
                    .hasMessageContainingAll("'" + name + "'", "'ProductsCache'", "'" + value + "'", fix);
        }
    }

    @Test
    void a_strong_name_or_none_at_all() throws Exception {
        try (CachingServer server = CachingServer.answering(Map.of("etag", "strong"), text("hello"))) {
            assertThat(server.get().etag()).matches("\"[A-Za-z0-9_-]{22}\"");
        }
        try (CachingServer server = CachingServer.answering(Map.of("etag", "none"), text("hello"))) {
            assertThat(server.get().etag()).isNull();
            assertThat(server.get().cacheControl()).containsExactly(DEFAULT);
            assertThat(server.get("If-None-Match", "*").status()).isEqualTo(200);
        }
    }

    @Test
    void the_name_goes_by_content_and_type_alone() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        List<String> texts = List.of("one", "two", "one", "one");
        try (CachingServer server = CachingServer.answering((request, response) -> {
            int at = answers.getAndIncrement();
            write(response, texts.get(at));
            response.setHeader("X-Answer", Integer.toString(at));
            if (at == 3) {
                response.setContentType("text/html;charset=utf-8");
            }
        })) {
            String one = server.get().etag();
            assertThat(server.get().etag()).isNotEqualTo(one);
            assertThat(server.get().etag()).isEqualTo(one);
            assertThat(server.get().etag()).isNotEqualTo(one);
        }
    }

    // ---- 304

    @Test
    void who_has_it_gets_304_with_what_a_cache_wants_to_know_and_nothing_else() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            response.setHeader("Vary", "Accept");
            response.setHeader("Content-Location", "/shop/hello.en");
            response.setContentLength(5);
            write(response, "hello");
        })) {
            Answer answer = server.get(ifNoneMatch(server.get()));
            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.etag()).isEqualTo(server.get().etag());
            assertThat(answer.cacheControl()).containsExactly(DEFAULT);
            assertThat(answer.field("Vary")).isEqualTo("Accept");
            assertThat(answer.field("Content-Location")).isEqualTo("/shop/hello.en");
            assertThat(answer.field("Content-Length")).isNull();
        }
    }

    @Test
    void the_connection_is_good_for_another_request_after_304() throws Exception {
        try (CachingServer server = CachingServer.answering(text("hello"))) {
            String tag = server.get().etag();
            String get = "GET /shop/ HTTP/1.1\r\nHost: here\r\n";
            String answers = server.server()
                    .raw(get + "If-None-Match: \"x\", " + tag + "\r\n\r\n" + get + "Connection: close\r\n\r\n");
            assertThat(answers)
                    .startsWith("HTTP/1.1 304 ")
                    .contains("\r\n\r\nHTTP/1.1 200 ")
                    .endsWith("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"x\", %s", "%s"})
    void any_of_the_names_will_do(String field) throws Exception {
        try (CachingServer server = CachingServer.answering(text("hello"))) {
            String strong = Objects.requireNonNull(server.get().etag()).substring(2);
            assertThat(server.get("If-None-Match", field.formatted(strong)).status())
                    .isEqualTo(304);
            assertThat(server.get("If-None-Match", "\"x\"").status()).isEqualTo(200);
            assertThat(server.get("If-None-Match", strong + "x").status()).isEqualTo(200);
        }
    }

    @Test
    void content_that_was_written_as_characters_is_the_same_to_the_client() throws Exception {
        for (String charset : List.of("utf-8", "iso-8859-1", "utf-16be")) {
            try (CachingServer server = CachingServer.answering((request, response) -> {
                response.setContentType("text/plain;charset=" + charset);
                PrintWriter writer = response.getWriter();
                writer.print("häl");
                writer.write('l');
                writer.append("öchen", 0, 1).println();
                writer.close();
            })) {
                Answer answer = server.get();
                assertThat(answer.body()).isEqualToNormalizingNewlines("hällö\n");
                assertThat(answer.field("Content-Type")).isEqualToIgnoringCase("text/plain;charset=" + charset);
                assertThat(server.get(ifNoneMatch(answer)).status()).isEqualTo(304);
            }
        }
    }

    @Test
    void an_application_is_told_that_it_cannot_have_both_stream_and_writer() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            PrintWriter writer = response.getWriter();
            assertThat(response.getWriter()).isSameAs(writer);
            try {
                response.getOutputStream();
            } catch (IllegalStateException e) {
                writer.print("as ever");
            }
        })) {
            assertThat(server.get().body()).isEqualTo("as ever");
        }
    }

    /** An application with names of its own reads them as ever; of the date it sees nothing, however it asks. */
    @ParameterizedTest
    @CsvSource({
        "weak, \"x\", 0, X-Other If-None-Match",
        "strong, *, 0, X-Other If-None-Match",
        "none, \"x\", 784111777000, X-Other If-None-Match If-Modified-Since",
        "weak, , 784111777000, X-Other If-Modified-Since",
    })
    void beside_a_name_the_application_sees_no_date(String etag, @Nullable String name, long date, String fields)
            throws Exception {
        AtomicReference<List<String>> seen = new AtomicReference<>(List.of());
        try (CachingServer server = CachingServer.answering(Map.of("etag", etag), (request, response) -> {
            String field = "if-modified-since";
            assertThat(request.getHeader("If-None-Match")).isEqualTo(name);
            assertThat(request.getDateHeader(field)).isEqualTo(date == 0 ? -1 : date);
            assertThat(request.getHeader(field) != null).isEqualTo(date != 0);
            assertThat(request.getHeaders(field).hasMoreElements()).isEqualTo(date != 0);
            assertThat(request.getHeaders("X-Other").nextElement()).isEqualTo("1");
            seen.set(Collections.list(request.getHeaderNames()));
        })) {
            List<String> sent =
                    new ArrayList<>(List.of("X-Other", "1", "If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"));
            if (name != null) {
                sent.addAll(List.of("If-None-Match", name));
            }
            assertThat(server.get(sent.toArray(String[]::new)).status()).isEqualTo(200);
            assertThat(seen.get())
                    .filteredOn(field -> field.startsWith("If-") || field.startsWith("X-"))
                    .containsExactlyInAnyOrder(fields.split(" "));
        }
    }

    // ---- HEAD, and other methods

    @Test
    void head_has_the_fields_of_get() throws Exception {
        try (CachingServer server = CachingServer.answering(text("hello"))) {
            Answer get = server.get();
            Answer head = server.send("HEAD");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.cacheControl()).isEqualTo(get.cacheControl());
            assertThat(head.etag()).isEqualTo(get.etag());
            assertThat(head.field("Content-Length")).isEqualTo("5");
            assertThat(server.send("HEAD", ifNoneMatch(get)).status()).isEqualTo(304);
        }
    }

    @Test
    void head_without_content_has_no_name() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> response.setContentLength(5))) {
            Answer head = server.send("HEAD");
            assertThat(head.etag()).isNull();
            assertThat(head.cacheControl()).containsExactly(DEFAULT);
            assertThat(head.field("Content-Length")).isEqualTo("5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void other_methods_are_left_alone(String method) throws Exception {
        try (CachingServer server = CachingServer.answering(text("hello"))) {
            Answer answer = server.send(method, "If-None-Match", "*");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.cacheControl()).isEmpty();
            assertThat(answer.etag()).isNull();
        }
    }

    // ---- What the application says

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 203, 206, 301, 400, 404, 410, 429, 500, 503})
    void other_statuses_are_left_alone(int status) throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            write(response, "hello");
            response.setStatus(status);
        })) {
            Answer answer = server.get("If-None-Match", "*");
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.cacheControl()).isEmpty();
            assertThat(answer.etag()).isNull();
        }
    }

    @Test
    void an_answer_that_is_not_to_be_stored_is_left_alone() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            response.setHeader("Cache-Control", "no-store");
            write(response, "hello");
        })) {
            Answer answer = server.get("If-None-Match", "*");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.cacheControl()).containsExactly("no-store");
            assertThat(answer.etag()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"Cache-Control, 'public, max-age=5'", "Expires, 'Thu, 01 Jan 2037 00:00:00 GMT'", "Pragma, no-cache"})
    void what_the_application_tells_caches_stays(String name, String value) throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            write(response, "hello");
            response.setHeader(name, value);
        })) {
            Answer answer = server.get();
            assertThat(answer.field(name)).isEqualTo(value);
            assertThat(answer.cacheControl()).hasSize(name.equals("Cache-Control") ? 1 : 0);
            assertThat(server.get(ifNoneMatch(answer)).status()).isEqualTo(304);
        }
    }

    @Test
    void a_name_that_the_application_gives_stays_and_is_compared() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            response.setHeader("ETag", "\"v7\"");
            write(response, "hello");
        })) {
            assertThat(server.get().etag()).isEqualTo("\"v7\"");
            assertThat(server.get("If-None-Match", "W/\"v7\"").status()).isEqualTo(304);
            assertThat(server.get("If-None-Match", "\"v6\"").body()).isEqualTo("hello");
        }
    }

    @Test
    void a_304_of_the_application_says_how_long_it_is_fresh() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> response.setStatus(304))) {
            assertThat(server.get("If-None-Match", "\"v7\"").cacheControl()).containsExactly(DEFAULT);
        }
    }

    // ---- Whom an answer is for

    @Test
    void an_answer_to_somebody_is_for_no_shared_cache() throws Exception {
        try (CachingServer server = CachingServer.answering(Map.of("s-maxage", "1h"), text("hello"))) {
            Answer answer = server.get("Authorization", "Bearer x");
            assertThat(answer.cacheControl()).containsExactly(FOR_ONE);
            assertThat(server.get("Authorization", "Bearer x", "If-None-Match", "*"))
                    .satisfies(again -> assertThat(again.status()).isEqualTo(304))
                    .satisfies(again -> assertThat(again.cacheControl()).containsExactly(FOR_ONE));
        }
    }

    @Test
    void nor_is_one_that_sets_a_cookie() throws Exception {
        for (boolean asField : List.of(true, false)) {
            try (CachingServer server = CachingServer.answering((request, response) -> {
                if (asField) {
                    response.setHeader("Set-Cookie", "a=b");
                } else {
                    response.addCookie(new Cookie("a", "b"));
                }
                write(response, "hello");
            })) {
                assertThat(server.get().cacheControl()).containsExactly(FOR_ONE);
            }
        }
    }

    @Test
    void nor_is_one_in_a_session() throws Exception {
        CachingServer caching = new CachingServer().filter("CacheHeadersFilter", Map.of());
        caching.server().application().setSessionHandler(new SessionHandler());
        try (CachingServer server = caching.servlet("/*", (request, response) -> {
                    if (request.getHeader("X-Login") != null) {
                        request.getSession();
                    }
                    write(response, "hello");
                })
                .start()) {
            assertThat(server.get().cacheControl()).containsExactly(DEFAULT);
            Answer login = server.get("X-Login", "1");
            assertThat(login.cacheControl()).containsExactly(FOR_ONE);
            String cookie = Objects.requireNonNull(login.field("Set-Cookie")).replaceAll(";.*", "");
            assertThat(server.get("Cookie", cookie).cacheControl()).containsExactly(FOR_ONE);
        }
    }

    // ---- Large answers

    @ParameterizedTest
    @CsvSource({"1024, true, true", "1025, true, false", "1024, false, true", "1025, false, false", "50000, true, false"
    })
    void up_to_max_body_an_answer_has_a_name(int size, boolean asBytes, boolean named) throws Exception {
        try (CachingServer server = CachingServer.answering(Map.of("max-body", "1KiB"), (request, response) -> {
            for (int i = 0; i < size; i++) {
                if (asBytes) {
                    response.getOutputStream().write('x');
                } else {
                    response.getWriter().write('x');
                }
            }
        })) {
            Answer answer = server.get();
            assertThat(answer.body()).hasSize(size).matches("x*");
            assertThat(answer.cacheControl()).containsExactly(DEFAULT);
            assertThat(answer.etag() != null).isEqualTo(named);
            assertThat(server.get("If-None-Match", "*").status()).isEqualTo(named ? 304 : 200);
        }
    }

    @Test
    void of_a_large_answer_nothing_is_kept() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            response.setContentLengthLong(200_000);
            response.getOutputStream().write("x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
            assertThat(((CachedAnswer) response).isHolding()).isFalse();
            response.getOutputStream().write("x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        })) {
            Answer answer = server.get();
            assertThat(answer.body()).hasSize(200_000);
            assertThat(answer.field("Content-Length")).isEqualTo("200000");
            assertThat(answer.etag()).isNull();
        }
    }

    @Test
    void an_error_in_the_middle_of_a_large_answer_is_not_to_be_stored() throws Exception {
        for (CachingServer.Body error : List.<CachingServer.Body>of(
                (request, response) -> response.sendError(503),
                (request, response) -> {
                    response.resetBuffer();
                    response.setStatus(503);
                },
                (request, response) -> {
                    throw new ServletException("expected");
                })) {
            try (CachingServer server = CachingServer.answering(Map.of("max-body", "1KiB"), (request, response) -> {
                write(response, "x".repeat(1025)); // passed on, and not yet sent
                error.answer(request, response);
            })) {
                Answer answer = server.get();
                assertThat(answer.status()).isIn(500, 503);
                assertThat(answer.cacheControl()).noneMatch(field -> field.contains("max-age"));
                assertThat(answer.body()).doesNotContain("xxxx");
            }
        }
    }

    // ---- What else an application may do

    @Test
    void what_is_reset_was_never_there() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            response.setContentLength(3);
            response.addCookie(new Cookie("a", "b"));
            response.getWriter().print("old");
            response.reset();
            write(response, "hello");
        })) {
            Answer answer = server.get();
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.cacheControl()).containsExactly(DEFAULT);
            assertThat(answer.etag()).isNotNull();
        }
    }

    @Test
    void a_buffer_that_is_reset_is_empty_and_status_and_fields_stay() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            response.getWriter().print("old");
            response.resetBuffer();
            response.getWriter().print("hello");
        })) {
            assertThat(server.get().body()).isEqualTo("hello");
        }
    }

    @Test
    void errors_and_redirects_drop_what_was_written() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            write(response, "old");
            if (request.getPathInfo().equals("/error")) {
                response.sendError(404, "gone");
            } else {
                response.sendRedirect("/elsewhere");
            }
        })) {
            Answer error = server.get("/error", new String[0]);
            assertThat(error.status()).isEqualTo(404);
            assertThat(error.cacheControl()).noneMatch(field -> field.contains("max-age"));
            assertThat(error.etag()).isNull();
            Answer redirect = server.get();
            assertThat(redirect.status()).isEqualTo(302);
            assertThat(redirect.body()).doesNotContain("old");
            assertThat(redirect.cacheControl()).isEmpty();
        }
    }

    @Test
    void an_error_page_of_the_application_is_not_fresh() throws Exception {
        CachingServer caching = new CachingServer().filter("CacheHeadersFilter", Map.of(), DispatcherType.ERROR);
        ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
        pages.addErrorPage(500, "/page");
        caching.server().application().setErrorHandler(pages);
        try (CachingServer server = caching.servlet(
                        "/page", (request, response) -> response.getWriter().print("sorry"))
                .servlet("/*", (request, response) -> {
                    write(response, "old");
                    throw new ServletException("expected");
                })
                .start()) {
            Answer answer = server.get();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("sorry");
            assertThat(answer.cacheControl()).noneMatch(field -> field.contains("max-age"));
            assertThat(answer.etag()).isNull();
        }
    }

    @Test
    void what_is_included_is_part_of_the_answer() throws Exception {
        CachingServer caching = new CachingServer()
                .filter("CacheHeadersFilter", Map.of(), DispatcherType.INCLUDE)
                .servlet("/part", (request, response) -> response.getWriter().print("[part]"))
                .servlet("/*", (request, response) -> {
                    response.getWriter().print("page");
                    request.getRequestDispatcher("/part").include(request, response);
                });
        try (CachingServer server = caching.start()) {
            Answer answer = server.get();
            assertThat(answer.body()).isEqualTo("page[part]");
            assertThat(answer.cacheControl()).containsExactly(DEFAULT);
            assertThat(server.get(ifNoneMatch(answer)).status()).isEqualTo(304);
        }
    }

    /** Servers differ in what they take after a forward. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_forwarded_replaces_what_was_written_and_has_no_name(boolean mapped) throws Exception {
        CachingServer caching = (mapped
                        ? new CachingServer().filter("CacheHeadersFilter", Map.of(), DispatcherType.FORWARD)
                        : new CachingServer().filter("CacheHeadersFilter", Map.of()))
                .servlet("/page", (request, response) -> response.getWriter().print("page"))
                .servlet("/*", (request, response) -> {
                    response.getWriter().print("old");
                    request.getRequestDispatcher("/page").forward(request, response);
                });
        try (CachingServer server = caching.start()) {
            Answer answer = server.get();
            assertThat(answer.body()).isEqualTo("page");
            assertThat(answer.cacheControl()).containsExactly(DEFAULT);
            assertThat(answer.etag()).isNull();
        }
    }

    @Test
    void it_has_one_where_the_filter_is_mapped_to_forwards() throws Exception {
        CachingServer caching = new CachingServer();
        caching.server().application().addFilter(CacheHeadersFilter.class, "/page", EnumSet.of(DispatcherType.FORWARD));
        caching.servlet("/page", (request, response) -> response.getWriter().print("page"))
                .servlet(
                        "/*",
                        (request, response) ->
                                request.getRequestDispatcher("/page").forward(request, response));
        try (CachingServer server = caching.start()) {
            Answer answer = server.get();
            assertThat(answer.body()).isEqualTo("page");
            assertThat(answer.cacheControl()).containsExactly(DEFAULT);
            assertThat(server.get(ifNoneMatch(answer)).status()).isEqualTo(304);
        }
    }

    @Test
    void of_two_filters_the_nearer_one_to_the_application_tells() throws Exception {
        CachingServer caching = new CachingServer()
                .filter("everything", Map.of("max-age", "5s"))
                .filter("products", Map.of("max-age", "7s", "stale-while-revalidate", "", "stale-if-error", ""));
        try (CachingServer server = caching.servlet("/*", text("hello")).start()) {
            Answer answer = server.get();
            assertThat(answer.cacheControl()).containsExactly("max-age=7");
            assertThat(server.get(ifNoneMatch(answer)).status()).isEqualTo(304);
        }
    }

    // ---- With others

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusals_stay_out_of_caches_whoever_comes_first(boolean limitFirst) throws Exception {
        CachingServer caching = new CachingServer();
        FilterHolder limit = new FilterHolder(RateLimitFilter.class);
        limit.setAsyncSupported(true);
        limit.setInitParameters(Map.of("limits", "2/1h"));
        if (limitFirst) {
            caching.server().application().addFilter(limit, "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        caching.filter("CacheHeadersFilter", Map.of());
        if (!limitFirst) {
            caching.server().application().addFilter(limit, "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        try (CachingServer server = caching.servlet("/*", text("hello")).start()) {
            Answer admitted = server.get();
            assertThat(admitted.cacheControl()).containsExactly(DEFAULT);
            assertThat(server.get(ifNoneMatch(admitted)))
                    .satisfies(again -> assertThat(again.status()).isEqualTo(304))
                    .satisfies(again -> assertThat(again.field("RateLimit")).contains("r=0"));
            Answer refused = server.get("If-None-Match", "*");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.cacheControl()).containsExactly("no-store");
            assertThat(refused.etag()).isNull();
            assertThat(refused.body()).contains("quota-exceeded");
        }
    }

    @Test
    @SuppressWarnings("removal") // Its successor is an artifact of its own.
    void a_server_that_compresses_keeps_a_weak_name() throws Exception {
        CachingServer caching = new CachingServer().filter("CacheHeadersFilter", Map.of());
        GzipHandler gzip = new GzipHandler();
        gzip.setMinGzipSize(1);
        caching.server().application().insertHandler(gzip);
        try (CachingServer server =
                caching.servlet("/*", text("hello ".repeat(1000))).start()) {
            Answer plain = server.get();
            Answer compressed = server.get("Accept-Encoding", "gzip");
            assertThat(compressed.field("Content-Encoding")).isEqualTo("gzip");
            assertThat(compressed.etag()).startsWith("W/");
            for (Answer held : List.of(plain, compressed)) {
                for (String coding : List.of("gzip", "identity")) {
                    assertThat(server.get(
                                            "Accept-Encoding",
                                            coding,
                                            "If-None-Match",
                                            Objects.requireNonNull(held.etag()))
                                    .status())
                            .isEqualTo(304);
                }
            }
        }
    }
}
