package io.seawall.filter.caching;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are read before they are whole, and those that come later. */
class CachedStreamsTest {

    private static final String DEFAULT = "max-age=60, stale-while-revalidate=30, stale-if-error=600";

    private static void write(HttpServletResponse response, String text) {
        try {
            response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- Flushes

    @Test
    void many_flush_at_the_end_and_that_makes_no_difference() throws Exception {
        for (CachingServer.Body body : List.<CachingServer.Body>of(
                (request, response) -> {
                    write(response, "hello");
                    response.getOutputStream().flush();
                },
                (request, response) -> {
                    response.getWriter().print("hello");
                    response.getWriter().flush();
                    response.getWriter().close();
                },
                (request, response) -> {
                    response.setHeader("Content-Length", "5");
                    write(response, "hello");
                    response.flushBuffer();
                    assertThat(response.isCommitted()).isTrue();
                },
                (request, response) -> {
                    response.addIntHeader("content-length", 5);
                    write(response, "hello");
                    response.getOutputStream().close();
                })) {
            try (CachingServer server = CachingServer.answering(body)) {
                Answer answer = server.get();
                assertThat(answer.body()).isEqualTo("hello");
                assertThat(answer.etag()).isNotNull();
                assertThat(server.get("If-None-Match", "*").status()).isEqualTo(304);
            }
        }
    }

    /** The client has the first piece while the server waits until it has. */
    @ParameterizedTest
    @CsvSource({"text/plain, buffer", "text/event-stream, stream", "text/event-stream, writer"})
    void what_is_to_be_read_before_the_end_is_passed_on(String type, String flush) throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CachingServer caching = new CachingServer().filter("CacheHeadersFilter", Map.of());
        try (CachingServer server = caching.servlet("/*", (request, response) -> {
                    response.setContentType(type);
                    switch (flush) {
                        case "buffer" -> {
                            write(response, "first,");
                            response.flushBuffer();
                        }
                        case "stream" -> {
                            write(response, "first,");
                            response.getOutputStream().flush();
                        }
                        default -> {
                            response.getWriter().print("first,");
                            response.getWriter().flush();
                        }
                    }
                    await(read);
                    if (flush.equals("writer")) {
                        response.getWriter().print("second");
                    } else {
                        write(response, "second");
                    }
                })
                .start()) {
            HttpResponse<InputStream> answer = open(server);
            assertThat(answer.headers().firstValue("Cache-Control")).contains(DEFAULT);
            assertThat(answer.headers().firstValue("ETag")).isEmpty();
            try (InputStream body = answer.body()) {
                assertThat(new String(body.readNBytes(6), StandardCharsets.UTF_8))
                        .isEqualTo("first,");
                read.countDown();
                assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("second");
            }
        }
    }

    @Test
    void who_writes_after_a_flush_meant_it() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CachingServer caching = new CachingServer().filter("CacheHeadersFilter", Map.of());
        try (CachingServer server = caching.servlet("/*", (request, response) -> {
                    write(response, "first,");
                    response.getOutputStream().flush();
                    write(response, "second,");
                    response.getOutputStream().flush();
                    await(read);
                    write(response, "third");
                })
                .start()) {
            try (InputStream body = open(server).body()) {
                assertThat(new String(body.readNBytes(13), StandardCharsets.UTF_8))
                        .isEqualTo("first,second,");
                read.countDown();
                assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("third");
            }
        }
    }

    @Test
    void a_flush_before_the_first_byte_sends_the_head() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CachingServer caching = new CachingServer().filter("CacheHeadersFilter", Map.of());
        try (CachingServer server = caching.servlet("/*", (request, response) -> {
                    response.getWriter().flush();
                    await(read);
                    response.getWriter().print("late");
                })
                .start()) {
            HttpResponse<InputStream> answer = open(server);
            assertThat(answer.headers().firstValue("Cache-Control")).contains(DEFAULT);
            read.countDown();
            assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("late");
        }
    }

    private static HttpResponse<InputStream> open(CachingServer server) throws IOException, InterruptedException {
        URI uri = server.server().application().getServer().getURI().resolve("/shop/");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(60))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
    }

    // ---- Asynchronous answers

    @ParameterizedTest
    @ValueSource(strings = {"own", "given", "captured"})
    void an_asynchronous_answer_is_fresh_and_has_no_name(String which) throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            AsyncContext context = which.equals("given") ? request.startAsync(request, response) : request.startAsync();
            context.start(() -> {
                write(which.equals("captured") ? response : (HttpServletResponse) context.getResponse(), "hello");
                context.complete();
            });
        })) {
            Answer answer = server.get("If-None-Match", "*");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.cacheControl()).containsExactly(DEFAULT);
            assertThat(answer.etag()).isNull();
        }
    }

    @Test
    void the_status_counts_that_it_has_when_the_first_byte_comes() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            AsyncContext context = request.startAsync();
            context.start(() -> {
                response.setStatus(503);
                write(response, "sorry");
                context.complete();
            });
        })) {
            assertThat(server.get().cacheControl()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_that_is_dispatched_is_seen_to_once(boolean mapped) throws Exception {
        CachingServer caching = mapped
                ? new CachingServer().filter("CacheHeadersFilter", Map.of(), DispatcherType.ASYNC)
                : new CachingServer().filter("CacheHeadersFilter", Map.of());
        try (CachingServer server = caching.servlet("/page", (request, response) -> write(response, "page"))
                .servlet("/*", (request, response) -> request.startAsync().dispatch("/page"))
                .start()) {
            Answer answer = server.get();
            assertThat(answer.body()).isEqualTo("page");
            assertThat(answer.cacheControl()).containsExactly(DEFAULT);
        }
    }

    @Test
    void what_was_written_before_it_became_asynchronous_comes_first() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            write(response, "first,");
            AsyncContext context = request.startAsync();
            context.start(() -> {
                write(response, "second");
                context.complete();
            });
        })) {
            assertThat(server.get().body()).isEqualTo("first,second");
        }
    }

    @Test
    void one_that_takes_too_long_is_not_to_be_stored() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(1);
            write(response, "half");
        })) {
            Answer answer = server.get();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.cacheControl()).noneMatch(field -> field.contains("max-age"));
        }
    }

    @Test
    void a_write_listener_writes_to_the_client() throws Exception {
        try (CachingServer server = CachingServer.answering((request, response) -> {
            AsyncContext context = request.startAsync();
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new WriteListener() {

                private int pieces;

                @Override
                public void onWritePossible() throws IOException {
                    while (pieces < 100 && out.isReady()) {
                        pieces++;
                        out.write("x".repeat(10_000).getBytes(StandardCharsets.UTF_8));
                    }
                    if (pieces == 100 && out.isReady()) {
                        pieces++;
                        context.complete();
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    context.complete();
                }
            });
        })) {
            Answer answer = server.get();
            assertThat(answer.body()).hasSize(1_000_000);
            assertThat(answer.cacheControl()).containsExactly(DEFAULT);
            assertThat(answer.etag()).isNull();
        }
    }
}
