package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a newcomer does with the starter: copy it, type the one command for a server, ask the application. */
@Tag("servers")
class StarterIT {

    /** Maven may have to fetch its plugins first. */
    private static final Duration TO_START = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The service that the application calls. */
    private HttpServer greetings;

    @BeforeEach
    void startGreetings() throws IOException {
        greetings = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        greetings.createContext("/", exchange -> {
            byte[] body = "Good morning\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        greetings.start();
    }

    @AfterEach
    void stopGreetings() {
        greetings.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wildfly", "payara"})
    void one_command_starts_it_limited_and_able_to_do_without_the_service_it_calls(String profile) throws IOException {
        String command = "./mvnw -P" + profile;
        assertThat(Starter.ORIGINAL.resolve("README.md")).content().contains("\n$ " + command + "\n");

        Starter starter = Starter.copy("starter-" + profile);
        String service = "http://127.0.0.1:" + greetings.getAddress().getPort() + "/greeting";
        try (ServerProcess maven = starter.run(command, Map.of("GREETINGS_URL", service))) {
            awaitReady(starter, maven);
            awaitHello(starter, "Good morning, Ada!\n");
            greetings.stop(0);
            awaitHello(starter, "Hello, Ada!\n");

            awaitImpaired(starter);

            HttpResponse<String> refusal = awaitRefusal(starter);
            assertThat(refusal.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 11L);
            assertThat(refusal.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(Starter.ORIGINAL.resolve("README.md")).content().contains("\n" + refusal.body() + "\n");
            // Checks are not limited.
            assertThat(get(starter.uri("/health/ready")).statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(URI uri) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady(Starter starter, ServerProcess maven) {
        Awaitility.await(starter + " to be ready")
                .atMost(TO_START)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() ->
                        !maven.isAlive() || get(starter.uri("/health/ready")).statusCode() == 200);
        assertThat(maven.isAlive()).as(maven.log()).isTrue();
    }

    /** Asks seldom enough to stay within the limit. */
    private void awaitHello(Starter starter, String expected) {
        Awaitility.await(expected)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    HttpResponse<String> answer = get(starter.uri("/api/hello/Ada"));
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(answer.body()).isEqualTo(expected);
                });
    }

    /** What the README shows of an open circuit, which is open as long as somebody has just asked in vain. */
    private void awaitImpaired(Starter starter) {
        Awaitility.await("an open circuit")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    get(starter.uri("/api/hello/Ada"));
                    HttpResponse<String> ready = get(starter.uri("/health/ready"));
                    assertThat(ready.statusCode()).isEqualTo(200);
                    assertThat(Starter.ORIGINAL.resolve("README.md"))
                            .content()
                            .contains("\n" + ready.body().strip() + "\n");
                });
    }

    private HttpResponse<String> awaitRefusal(Starter starter) {
        return Awaitility.await("a refusal")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> get(starter.uri("/api/hello/Ada")), answer -> answer.statusCode() == 429);
    }
}
