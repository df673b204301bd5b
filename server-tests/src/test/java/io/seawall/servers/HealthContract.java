package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What load balancers are told of an application, by itself and by its server. */
interface HealthContract extends Deployed {

    @Test
    @Proves(Feature.HEALTH)
    default void a_balancer_is_told_that_the_application_takes_requests_until_it_drains() {
        assertThat(probe().status("/health/live", "")).isEqualTo(200);
        assertThat(probe().status("/health/ready", "")).isEqualTo(200);
        assertThat(invoke("Health,name=\"/probe\"", "drain")).isEqualTo("true");
        try {
            assertThat(probe().status("/health/live", "")).isEqualTo(200);
            assertThat(probe().get("/health/ready", ""))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(404))
                    .satisfies(answer -> assertThat(answer.body()).contains("\"state\":\"draining\""));
        } finally {
            assertThat(invoke("Health,name=\"/probe\"", "serve")).isEqualTo("true");
        }
        assertThat(probe().status("/health/ready", "")).isEqualTo(200);
    }

    @Test
    @Proves(Feature.HEALTH)
    default void while_it_drains_requests_are_served_and_their_connections_end() {
        assertThat(probe().get("/local/ping", "before-draining").headers().firstValue("Connection"))
                .isNotEqualTo(Optional.of("close"));
        invoke("Health,name=\"/probe\"", "drain");
        try {
            HttpResponse<String> answer = probe().get("/local/ping", "draining");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Connection"))
                    .hasValueSatisfying(value -> assertThat(value).isEqualToIgnoringCase("close"));
        } finally {
            invoke("Health,name=\"/probe\"", "serve");
        }
    }

    @Test
    @Proves(Feature.HEALTH)
    default void it_is_not_ready_while_a_critical_circuit_is_open() {
        String target = "Target,application=\"/probe\",name=\"controlled\"";
        invoke(target, "forceOpenBreaker");
        try {
            assertThat(probe().get("/health/ready", ""))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                    .satisfies(answer -> assertThat(answer.body()).contains("target controlled: circuit open"));
        } finally {
            invoke(target, "resetBreaker");
        }
        assertThat(probe().status("/health/ready", "")).isEqualTo(200);
    }

    @Test
    default void the_server_says_the_same_by_microprofile_health() throws IOException, InterruptedException {
        assumeTrue(server().health().isPresent(), () -> server().title() + " has no MicroProfile Health");
        URI root = server().health().orElseThrow();
        assertThat(ask(root, "/ready"))
                .satisfies(answer ->
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200))
                .satisfies(answer -> assertThat(answer.body()).contains("\"seawall\"", "\"serving\""));
        assertThat(ask(root, "/started").body()).contains("\"seawall\"");
        assertThat(ask(root, "/live").body()).doesNotContain("seawall");
        invoke("Health,name=\"/probe\"", "drain");
        try {
            assertThat(ask(root, "/ready"))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                    .satisfies(answer -> assertThat(answer.body()).contains("\"seawall\"", "\"draining\""));
            assertThat(ask(root, "/live").statusCode()).isEqualTo(200);
        } finally {
            invoke("Health,name=\"/probe\"", "serve");
        }
        assertThat(ask(root, "/ready").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> ask(URI root, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + path))
                .timeout(Duration.ofMinutes(1))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String invoke(String bean, String operation) {
        String name = URLEncoder.encode("io.seawall:type=" + bean, StandardCharsets.UTF_8);
        HttpResponse<String> answer = probe().get("/management?name=" + name + "&operation=" + operation, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().strip();
    }
}
