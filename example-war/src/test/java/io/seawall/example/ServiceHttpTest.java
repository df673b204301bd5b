package io.seawall.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limit of time that holds when {@code @Resilient} has none. */
class ServiceHttpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/silent", exchange -> stall());
        server.createContext("/stalls", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            stall();
        });
        server.start();
    }

    private void stall() {
        try {
            testIsOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        testIsOver.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    /** The service goes on until the test is over: whoever waited for it would wait for ever. */
    @Test
    void an_answer_that_never_comes_or_stops_in_its_midst_is_given_up() {
        ServiceHttp http = new ServiceHttp(Duration.ofMillis(200));
        for (String path : List.of("/silent", "/stalls")) {
            assertThat(threads.submit(() -> http.send("payments", request(path))))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(HttpTimeoutException.class)
                    .withMessage("payments did not answer in 200 ms");
        }
    }

    /** Gives the first request that comes to its end half an answer; is done when the client has hung up. */
    private Future<Void> stallUntilHungUp(ServerSocket service, CountDownLatch stalled) {
        return threads.submit(() -> {
            while (stalled.getCount() > 0) {
                try (Socket client = service.accept()) {
                    BufferedReader request = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                    if (request.lines().anyMatch(String::isEmpty)) {
                        client.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
                                        .getBytes(StandardCharsets.US_ASCII));
                        stalled.countDown();
                        assertThat(request.read()).isEqualTo(-1);
                    }
                }
            }
            return null;
        });
    }

    private static HttpRequest.Builder request(ServerSocket service) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.getLocalPort()));
    }

    /** A slow machine may have given up before it has asked: then it is given more time. */
    @Test
    void whoever_gives_up_hangs_up() throws Exception {
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CountDownLatch stalled = new CountDownLatch(1);
            Future<Void> hungUp = stallUntilHungUp(service, stalled);
            for (long millis = 500; stalled.getCount() > 0 && millis < PATIENCE.toMillis(); millis *= 2) {
                ServiceHttp http = new ServiceHttp(Duration.ofMillis(millis));
                assertThat(threads.submit(() -> http.send("payments", request(service))))
                        .failsWithin(PATIENCE)
                        .withThrowableThat()
                        .withCauseInstanceOf(IOException.class);
            }
            assertThat(hungUp).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void whoever_is_interrupted_waits_no_longer_and_hangs_up() throws Exception {
        ExecutorService shop = Executors.newSingleThreadExecutor();
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CountDownLatch stalled = new CountDownLatch(1);
            Future<Void> hungUp = stallUntilHungUp(service, stalled);
            ServiceHttp http = new ServiceHttp(Duration.ofDays(1));
            Future<?> asked = shop.submit(() -> http.send("payments", request(service)));
            assertThat(stalled.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            shop.shutdownNow();
            assertThat(asked)
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(InterruptedException.class);
            assertThat(hungUp).succeedsWithin(PATIENCE);
        } finally {
            shop.shutdownNow();
        }
    }

    @Test
    void a_service_that_is_not_there_is_told_with_its_name() {
        HttpRequest.Builder request = request("/silent");
        server.stop(0);
        assertThatThrownBy(() -> new ServiceHttp().send("payments", request))
                .isInstanceOf(IOException.class)
                .hasMessage("payments gave no answer")
                .hasCauseInstanceOf(IOException.class);
    }
}
