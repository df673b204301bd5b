package io.seawall.interceptors.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.interceptors.rest.RejectedExceptionMapper;
import io.seawall.resilience.RetriesOff;
import jakarta.ejb.EJBException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResilienceFilterTest {

    private static final String TYPE = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";
    private static final Duration SEVEN_SECONDS = Duration.ofSeconds(7);

    private final WebServer server = new WebServer();

    /** Whether retrying was off, each time that a servlet asked. */
    private final List<Boolean> off = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(WebServer.Body servlet) throws Exception {
        start(Map.of(), servlet);
    }

    private void start(Map<String, String> initParams, WebServer.Body servlet) throws Exception {
        server.resilienceFilter(initParams).servlet("/*", servlet).start();
    }

    private static void assertRefused(HttpResponse<String> answer, String retryAfter) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().allValues("Retry-After")).containsExactly(retryAfter);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.body()).startsWith("{").endsWith("}").contains("\"type\":\"" + TYPE + "\"", "\"status\":503");
    }

    @Test
    void a_refusal_that_leaves_a_servlet_is_answered_as_one_that_leaves_a_rest_resource() throws Exception {
        start((request, response) -> {
            throw new Refused(SEVEN_SECONDS);
        });

        HttpResponse<String> answer = server.get("/");

        assertRefused(answer, "7");
        try (Response ofRest = new RejectedExceptionMapper().toResponse(new Refused(SEVEN_SECONDS))) {
            assertThat(answer.statusCode()).isEqualTo(ofRest.getStatus());
            assertThat(answer.body()).isEqualTo(new String((byte[]) ofRest.getEntity(), StandardCharsets.UTF_8));
            ofRest.getStringHeaders()
                    .forEach((name, values) ->
                            assertThat(answer.headers().allValues(name)).isEqualTo(values));
        }
    }

    @Test
    void what_was_called_is_not_told_to_the_client() throws Exception {
        start((request, response) -> {
            throw new Refused(SEVEN_SECONDS);
        });
        HttpResponse<String> answer = server.get("/");
        assertThat(answer.body() + answer.headers().map()).doesNotContain("payments", "ledger", "circuit");
    }

    /** Else his next request is lost on a connection that is closed without a word. */
    @Test
    void whoever_is_refused_before_his_body_has_come_is_told_that_the_connection_ends() throws Exception {
        start((request, response) -> {
            throw new Refused(SEVEN_SECONDS);
        });
        assertThat(server.raw("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 2\r\n\r\n"))
                .startsWith("HTTP/1.1 503 ")
                .contains("\r\nConnection: close\r\n");
    }

    @Test
    void a_length_that_was_said_before_is_not_that_of_the_refusal() throws Exception {
        start((request, response) -> {
            response.setContentLength(3);
            throw new Refused(SEVEN_SECONDS);
        });
        assertRefused(server.get("/"), "7");
    }

    @Test
    void where_nobody_knows_when_to_come_again_it_is_a_second() throws Exception {
        start((request, response) -> {
            throw new Refused(null);
        });
        assertRefused(server.get("/"), "1");
    }

    @Test
    void a_refusal_is_found_in_what_containers_and_the_jdk_put_around_it() throws Exception {
        Refused refused = new Refused(SEVEN_SECONDS);
        List<Exception> failures = List.of(
                new ServletException(refused),
                new ServletException(new ServletException("again", refused)),
                new ServletException(new EJBException(refused)),
                new EJBException(new ExecutionException(refused)),
                new UndeclaredThrowableException(refused),
                new CompletionException(refused));
        start((request, response) -> {
            Exception failure = failures.get(Integer.parseInt(request.getQueryString()));
            if (failure instanceof ServletException servlet) {
                throw servlet;
            }
            throw (RuntimeException) failure;
        });
        for (int i = 0; i < failures.size(); i++) {
            assertRefused(server.get("/?" + i), "7");
        }
    }

    @Test
    void every_other_failure_goes_on_to_the_container() throws Exception {
        List<Exception> failures = List.of(
                new ServletException("no cause"),
                new ServletException(new IOException()),
                new IllegalStateException(new Refused(null)),
                new IOException(new Refused(null)));
        List<Exception> seen = new ArrayList<>();
        server.filter((request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } catch (IOException | ServletException | RuntimeException failure) {
                seen.add(failure);
            }
        });
        start((request, response) -> {
            Exception failure = failures.get(Integer.parseInt(request.getQueryString()));
            if (failure instanceof ServletException servlet) {
                throw servlet;
            }
            if (failure instanceof IOException io) {
                throw io;
            }
            throw (RuntimeException) failure;
        });
        for (int i = 0; i < failures.size(); i++) {
            assertThat(server.get("/?" + i).headers().firstValue("Retry-After")).isEmpty();
        }
        assertThat(seen).isEqualTo(failures);
    }

    @ParameterizedTest
    @ValueSource(strings = {"writer", "stream"})
    void what_the_servlet_has_written_is_dropped(String by) throws Exception {
        start((request, response) -> {
            response.setStatus(202);
            response.setContentType("text/html;charset=UTF-8");
            response.setContentLength(1000);
            response.setHeader("Content-Encoding", "gzip");
            response.setHeader("Cache-Control", "max-age=3600");
            if (by.equals("writer")) {
                response.getWriter().write("<p>half a page");
            } else {
                response.getOutputStream().write('x');
            }
            throw new Refused(SEVEN_SECONDS);
        });
        HttpResponse<String> answer = server.get("/");
        assertRefused(answer, "7");
        assertThat(answer.headers().firstValueAsLong("Content-Length"))
                .hasValue(answer.body().length());
        assertThat(answer.headers().firstValue("Content-Encoding").orElse("identity"))
                .isEqualTo("identity");
    }

    @Test
    void header_fields_of_filters_further_out_stay() throws Exception {
        server.filter((request, response, chain) -> {
            HttpServletResponse http = (HttpServletResponse) response;
            http.setHeader("RateLimit", "\"default\";r=4;t=60");
            http.setHeader("Access-Control-Allow-Origin", "https://shop.example");
            http.setHeader("Content-Encoding", "x-of-a-filter");
            chain.doFilter(request, response);
        });
        start((request, response) -> {
            throw new Refused(SEVEN_SECONDS);
        });
        HttpResponse<String> answer = server.get("/");
        assertRefused(answer, "7");
        assertThat(answer.headers().firstValue("RateLimit")).contains("\"default\";r=4;t=60");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("https://shop.example");
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("x-of-a-filter");
    }

    @Test
    void a_head_request_gets_the_fields_and_no_body() throws Exception {
        start((request, response) -> {
            throw new Refused(SEVEN_SECONDS);
        });
        HttpResponse<String> answer = server.send("HEAD", "/");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void no_error_page_is_asked() throws Exception {
        ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
        pages.addErrorPage(503, "/page");
        pages.addErrorPage(Throwable.class, "/page");
        server.application().setErrorHandler(pages);
        server.servlet("/page", (request, response) -> response.getWriter().write("the page"));
        start((request, response) -> {
            throw new Refused(SEVEN_SECONDS);
        });
        assertRefused(server.get("/"), "7");
    }

    @Test
    void a_response_that_has_begun_is_not_answered_over() throws Exception {
        List<Throwable> seen = new ArrayList<>();
        Refused refused = new Refused(SEVEN_SECONDS);
        server.filter((request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } catch (RuntimeException failure) {
                seen.add(failure);
            }
        });
        start((request, response) -> {
            response.getWriter().write("begun");
            response.flushBuffer();
            throw refused;
        });
        HttpResponse<String> answer = server.get("/");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("begun");
        assertThat(seen).containsExactly(refused);
    }

    @Test
    void an_inclusion_is_answered_for_by_whoever_includes() throws Exception {
        server.servlet("/inner", (request, response) -> {
            throw new Refused(SEVEN_SECONDS);
        });
        server.resilienceFilter(Map.of())
                .servlet("/*", (request, response) -> {
                    response.getWriter().write("<p>before");
                    request.getRequestDispatcher("/inner").include(request, response);
                })
                .application()
                .addFilter(ResilienceFilter.class, "/inner", EnumSet.of(DispatcherType.INCLUDE));
        server.start();
        assertRefused(server.get("/"), "7");
    }

    @Test
    void a_servlet_that_is_called_again_by_an_asynchronous_request_is_answered_too() throws Exception {
        start((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync().dispatch();
                return;
            }
            throw new Refused(SEVEN_SECONDS);
        });
        assertRefused(server.get("/"), "7");
    }

    @Test
    void a_servlet_that_fails_after_it_has_begun_to_be_asynchronous_is_answered_and_its_request_ended()
            throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        start((request, response) -> {
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            async.addListener(new CountsDown(ended));
            throw new Refused(SEVEN_SECONDS);
        });
        assertRefused(server.get("/"), "7");
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private record CountsDown(CountDownLatch ended) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            ended.countDown();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    @Test
    void what_fails_on_another_thread_is_not_seen_and_is_answered_by_who_ends_the_request() throws Exception {
        start((request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                response.setStatus(500);
                async.complete();
            });
        });
        assertThat(server.get("/").statusCode()).isEqualTo(500);
    }

    @Test
    void it_can_be_told_not_to_answer() throws Exception {
        start(Map.of("answer-rejections", "false"), (request, response) -> {
            throw new Refused(SEVEN_SECONDS);
        });
        HttpResponse<String> answer = server.get("/");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    }

    private WebServer.Body asksWhetherOff() {
        return (request, response) -> off.add(RetriesOff.here());
    }

    @ParameterizedTest
    @CsvSource({"true, ?0, true", "true, ?1, false", "true, x, false", "false, ?0, false"})
    void a_marked_request_switches_retrying_off_only_where_it_is_trusted(String trusted, String mark, boolean isOff)
            throws Exception {
        start(Map.of("trust-retry-mark", trusted), asksWhetherOff());
        server.get("/", "Seawall-Retry", mark);
        assertThat(off).containsExactly(isOff);
    }

    @Test
    void nobody_is_trusted_unless_somebody_says_so() throws Exception {
        start(asksWhetherOff());
        server.get("/", "Seawall-Retry", "?0");
        assertThat(off).containsExactly(false);
    }

    @Test
    void two_marks_are_no_mark_and_neither_is_none() throws Exception {
        start(Map.of("trust-retry-mark", "true"), asksWhetherOff());
        server.get("/", "Seawall-Retry", "?0", "Seawall-Retry", "?0");
        server.get("/");
        assertThat(off).containsExactly(false, false);
    }

    @Test
    void the_mark_counts_for_the_request_alone_and_not_for_its_thread() throws Exception {
        BlockingQueue<Boolean> after = new LinkedBlockingQueue<>();
        server.filter((request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } finally {
                after.add(RetriesOff.here());
            }
        });
        start(Map.of("trust-retry-mark", "true"), (request, response) -> {
            off.add(RetriesOff.here());
            throw "refused".equals(request.getQueryString()) ? new Refused(null) : new IllegalStateException();
        });
        server.get("/", "Seawall-Retry", "?0");
        server.get("/?refused", "Seawall-Retry", "?0");
        assertThat(off).containsExactly(true, true);
        assertThat(after.poll(30, TimeUnit.SECONDS)).isFalse();
        assertThat(after.poll(30, TimeUnit.SECONDS)).isFalse(); // the client may be told before
    }

    @Test
    void the_mark_counts_again_when_an_asynchronous_request_comes_back_and_not_between() throws Exception {
        start(Map.of("trust-retry-mark", "true"), (request, response) -> {
            off.add(RetriesOff.here());
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                AsyncContext async = request.startAsync();
                CountDownLatch returned = new CountDownLatch(1);
                async.start(() -> {
                    off.add(RetriesOff.here());
                    returned.countDown();
                    async.dispatch();
                });
                await(returned);
            }
        });
        assertThat(server.get("/", "Seawall-Retry", "?0").statusCode()).isEqualTo(200);
        assertThat(off).containsExactly(true, false, true);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_init_param_that_nobody_knows_or_that_is_no_switch_stops_the_deployment() {
        assertThatThrownBy(() -> start(Map.of("trust-retry-marks", "true"), asksWhetherOff()))
                .hasStackTraceContaining(
                        "init-param 'trust-retry-marks' of filter 'resilience' is 'true': there is none of this name");
        server.close();
        WebServer other = new WebServer();
        assertThatThrownBy(() -> other.resilienceFilter(Map.of("answer-rejections", "no"))
                        .start())
                .hasStackTraceContaining(
                        "init-param 'answer-rejections' of filter 'resilience' is 'no': it is a switch");
        other.close();
    }
}
