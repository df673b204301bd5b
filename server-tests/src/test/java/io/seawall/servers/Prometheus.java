package io.seawall.servers;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Prometheus on loopback, which scrapes one address every second, and goes by the alert rules of the documentation. It runs in
 * {@code target/servers/run/prometheus}, logs beside, and ends with {@link #close}, or with the tests' JVM.
 */
final class Prometheus implements AutoCloseable {

    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration TO_ANSWER = Duration.ofSeconds(30);

    private static final String CONFIGURATION = """
            global:
              scrape_interval: 1s
              scrape_timeout: 1s
              evaluation_interval: 1s
            rule_files:
              - %s
            scrape_configs:
              - job_name: shop
                scheme: http
                metrics_path: %s
                static_configs:
                  - targets: ["%s"]
            """;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = Ports.free(1).get(0);
    private final ServerProcess process;

    private Prometheus(Path executable, URI metrics, Path rules) {
        Path directory = Installation.fresh("prometheus");
        try {
            Path configuration = Files.writeString(
                    directory.resolve("prometheus.yml"),
                    CONFIGURATION.formatted(rules.toAbsolutePath(), metrics.getPath(), metrics.getAuthority()));
            process = ServerProcess.start(
                    List.of(
                            executable.toString(),
                            "--config.file=" + configuration,
                            "--storage.tsdb.path=" + directory.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port),
                    Map.of(),
                    directory,
                    Installation.root().resolve("prometheus.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the shell would find it. */
    static Optional<Path> executable(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns when it is ready. */
    static Prometheus start(URI metrics, Path rules) {
        Path executable =
                executable("prometheus").orElseThrow(() -> new IllegalStateException("prometheus is not installed"));
        Prometheus started = new Prometheus(executable, metrics, rules);
        try {
            Awaitility.await("Prometheus to be ready")
                    .atMost(TO_START)
                    .until(() -> started.isReady() || !started.process.isAlive());
        } catch (ConditionTimeoutException tooSlow) {
            throw started.failedStart("is not ready after " + TO_START.toSeconds() + " s");
        }
        if (!started.process.isAlive()) {
            throw started.failedStart("ended while it started");
        }
        return started;
    }

    private IllegalStateException failedStart(String problem) {
        close();
        return new IllegalStateException("Prometheus " + problem + ":\n" + process.log());
    }

    private boolean isReady() {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** The data of an answer of its API, which must be no error. */
    JsonObject ask(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.body());
        }
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject().getJsonObject("data");
        }
    }

    /** What an expression is now. */
    List<JsonObject> query(String expression) {
        return ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .getJsonArray("result")
                .getValuesAs(JsonObject.class);
    }

    private HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(TO_ANSWER)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while Prometheus was asked", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
