package io.seawall.example;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limit of time that holds when {@code @Resilient} has none. */
class ServiceHttpTest {

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
        assertThatThrownBy(() -> http.send("payments", request("/silent")))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("payments did not answer in 200 ms");
        assertThatThrownBy(() -> http.send("payments", request("/stalls"))).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void a_service_that_is_not_there_is_told_with_its_name() {
        HttpRequest.Builder request = request("/silent");
        server.stop(0);
        assertThatThrownBy(() -> new ServiceHttp().send("payments", request))
                .isInstanceOf(IOException.class)
                .hasMessage("payments cannot be reached")
                .hasCauseInstanceOf(IOException.class);
    }
}
