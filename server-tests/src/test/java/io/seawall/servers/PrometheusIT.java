package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.redis.TestRedis;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real Prometheus scrapes the example on WildFly, with the alert rules and the expressions of the dashboard. */
@Tag("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusIT {

    private static final Path ALERTS = Path.of("../docs/prometheus/alerts.yml");
    private static final Path DASHBOARD = Path.of("../docs/grafana/seawall.json");
    private static final Path SCALER = Path.of("../docs/kubernetes/keda.yaml");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private @Nullable URI limited;
    private @Nullable Prometheus prometheus;

    private static Optional<String> missing() {
        return Prometheus.executable("prometheus").isPresent()
                ? Optional.empty()
                : Optional.of("prometheus is not on PATH: install it (apt-get install prometheus)");
    }

    @BeforeAll
    void start() throws Exception {
        if (missing().isPresent()) {
            System.getLogger(PrometheusIT.class.getName())
                    .log(Level.WARNING, "Skipped: {0}", missing().get());
            return;
        }
        TestRedis redis = TestRedis.start();
        started.push(redis);
        Server server = Server.wildFly("prometheus-wildfly");
        started.push(server);
        server.start(Map.of("SHOP_REDIS", redis.uri()));
        server.deploy("shop", Path.of(System.getProperty("seawall.war")));
        limited = server.uri("shop/api/nothing"); // which asks nobody who is not there, so no circuit opens
        get(limited); // WildFly makes filters for the first request
        prometheus = Prometheus.start(server.uri("shop/metrics"), ALERTS);
        started.push(prometheus);
    }

    private static void get(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }

    /** Each test, not all at once: so the reports tell what was skipped, and why. */
    @BeforeEach
    void skipIfItIsMissing() {
        missing().ifPresent(Assumptions::abort);
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable each : started) {
            each.close();
        }
    }

    /** A shop whose first request came while Redis was too slow has counted it by itself. */
    private void awaitDecisionOfRedis() {
        URI asked = Objects.requireNonNull(limited);
        Awaitility.await("Redis to decide")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    get(asked);
                    assertThat(prometheus()
                                    .query("seawall_limit_decisions_total{job=\"shop\",filter=\"RateLimitFilter\","
                                            + "outcome=\"allowed\",by=\"store\"} > 0"))
                            .isNotEmpty();
                });
    }

    private Prometheus prometheus() {
        return Objects.requireNonNull(prometheus);
    }

    private void awaitSeries(String expression) {
        Awaitility.await(expression)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prometheus().query(expression)).isNotEmpty());
    }

    @Test
    void what_is_counted_arrives() {
        awaitDecisionOfRedis();
        awaitSeries("seawall_redis_up == 1");
        awaitSeries("seawall_redis_decision_duration_seconds_bucket{le=\"+Inf\"} > 0");
        awaitSeries("seawall_breaker_state{target=\"payments\",state=\"closed\"} == 1");
    }

    @Test
    void every_alert_can_be_evaluated_and_none_cries_wolf() {
        Awaitility.await("all rules to be evaluated")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rules())
                        .hasSizeGreaterThan(9)
                        .allSatisfy(rule -> assertThat(rule.getString("health"))
                                .as(rule.toString())
                                .isEqualTo("ok")));
        assertThat(rules())
                .allSatisfy(rule ->
                        assertThat(rule.getString("state")).as(rule.toString()).isEqualTo("inactive"));
    }

    private List<JsonObject> rules() {
        return prometheus().ask("/api/v1/rules").getJsonArray("groups").getValuesAs(JsonObject.class).stream()
                .flatMap(group -> group.getJsonArray("rules").getValuesAs(JsonObject.class).stream())
                .toList();
    }

    @Test
    void what_a_scaler_asks_is_one_number() throws IOException {
        awaitDecisionOfRedis();
        List<String> queries = Files.readAllLines(SCALER).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("query: "))
                // Which Kubernetes adds.
                .map(line -> line.substring("query: ".length()).replaceFirst("namespace=\"default\",?", ""))
                .toList();
        assertThat(queries).hasSize(2);
        for (String query : queries) {
            awaitSeries(query);
            assertThat(prometheus().query(query)).as(query).hasSize(1);
        }
    }

    @Test
    void every_panel_of_the_dashboard_asks_what_can_be_answered() throws IOException {
        List<String> expressions = new ArrayList<>();
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(DASHBOARD))) {
            for (JsonObject panel : reader.readObject().getJsonArray("panels").getValuesAs(JsonObject.class)) {
                if (panel.containsKey("targets")) {
                    panel.getJsonArray("targets")
                            .getValuesAs(JsonObject.class)
                            .forEach(target -> expressions.add(target.getString("expr")));
                }
            }
        }
        assertThat(expressions).hasSizeGreaterThan(25);
        awaitSeries("seawall_calls_total");
        for (String expression : expressions) {
            String filled = expression
                    .replace("$__rate_interval", "1m")
                    .replace("\"$job\"", "\".*\"")
                    .replace("\"$filter\"", "\".*\"")
                    .replace("\"$target\"", "\".*\"");
            assertThat(prometheus().query(filled)).as(filled).isNotNull(); // an error is thrown
        }
    }
}
