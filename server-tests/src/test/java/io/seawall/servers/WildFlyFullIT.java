package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** WildFly with messaging, which the other configuration has not; and the two ways to deploy that the guide shows. */
@Tag("all-servers")
class WildFlyFullIT extends ServerTest implements MessageContract {

    private static final Duration PATIENCE_WITH_SCANNER = Duration.ofSeconds(60);

    WildFlyFullIT() {
        super(WildFly.full());
    }

    private WildFly wildFly() {
        return (WildFly) server();
    }

    private Path deployments() {
        return wildFly().directory().resolve("deployments");
    }

    private void copyAndTouch(Path archive, String war) throws IOException {
        Files.copy(archive, deployments().resolve(war));
        Files.createFile(deployments().resolve(war + ".dodeploy"));
    }

    private void awaitMarker(String marker) {
        Awaitility.await()
                .atMost(PATIENCE_WITH_SCANNER)
                .until(() -> Files.exists(deployments().resolve(marker)));
    }

    @Test
    void the_scanner_deploys_a_file_with_its_marker_and_says_what_is_wrong_with_another() throws IOException {
        copyAndTouch(Archives.probe(), "scanned.war");
        copyAndTouch(Archives.withWrongSetting(), "scanned-wrong.war");
        awaitMarker("scanned.war.deployed");
        assertThat(new Probe(wildFly().uri("scanned")).run("cdi/retried", 2).attempts())
                .isEqualTo(3);
        awaitMarker("scanned-wrong.war.failed");
        assertThat(Files.readString(deployments().resolve("scanned-wrong.war.failed")))
                .contains("seawall.set-by-file.timeout", "'soon'");
    }

    @Test
    void the_command_line_deploys_and_deploys_anew() throws IOException {
        Path archive = Files.copy(Archives.probe(), wildFly().directory().resolve("by-command.war"));
        for (int i = 0; i < 2; i++) {
            wildFly().cli("deploy --force " + archive);
            assertThat(new Probe(wildFly().uri("by-command"))
                            .run("cdi/retried", 2)
                            .attempts())
                    .isEqualTo(3);
        }
        wildFly().cli("/system-property=seawall.set-by-file.retry.maxRetries:add(value=5)");
        wildFly().cli("deploy --force " + archive);
        assertThat(new Probe(wildFly().uri("by-command"))
                        .run("cdi/set-by-file", ResilientContract.ALWAYS)
                        .attempts())
                .isEqualTo(1 + 5);
    }
}
