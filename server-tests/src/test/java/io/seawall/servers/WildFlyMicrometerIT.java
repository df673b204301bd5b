package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The registry of Micrometer that WildFly has for all its applications. */
@Tag("servers")
class WildFlyMicrometerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void metrics_of_an_application_are_in_it_until_that_is_undeployed() throws Exception {
        try (WildFly server = WildFly.withMicrometer()) {
            server.start(Map.of());
            for (int deployment = 0; deployment < 2; deployment++) {
                server.deploy("shop", Path.of(System.getProperty("seawall.war")));
                new Probe(server.uri("shop"))
                        .status("/api/products", ""); // WildFly makes filters for the first request
                Awaitility.await("metrics of the filter")
                        .atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(server.metricsOfServer())
                                        .contains(
                                                "seawall_calls_total{WF_DEPLOYMENT=\"shop.war\",application=\"/shop\",target=\"inventory\"} 1.0",
                                                "seawall_limit_decisions_total{WF_DEPLOYMENT=\"shop.war\",application=\"/shop\",by=\"store\","
                                                        + "filter=\"RateLimitFilter\",outcome=\"allowed\",policy=\"default\"} 1.0"));
                server.undeploy("shop");
                assertThat(server.metricsOfServer()).doesNotContain("\nseawall_");
            }
            assertThat(server.log()).contains("go to the bean of type io.micrometer.core.instrument.MeterRegistry");
        }
    }
}
