package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Payara Micro as the guide starts it: the WAR on its command line. */
@Tag("all-servers")
class PayaraMicroCommandIT {

    private static final Duration TO_START = Duration.ofMinutes(2);

    private final int port = Ports.free(1).get(0);

    private ServerProcess start(Path war) throws IOException {
        Path directory = Installation.fresh("payara-micro-command");
        Path beforeBoot = Files.writeString(directory.resolve("before-boot"), PayaraMicro.ON_LOOPBACK);
        return ServerProcess.start(
                List.of(
                        Installation.javaHome().resolve("bin/java").toString(),
                        "-Xmx512m",
                        "-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp")),
                        "-Dseawall.set-by-file.retry.maxRetries=5",
                        "-jar",
                        Installation.of("payara-micro").toString(),
                        "--noHazelcast",
                        "--disablephonehome",
                        "--prebootcommandfile",
                        beforeBoot.toString(),
                        "--port",
                        Integer.toString(port),
                        "--deploy",
                        war.toString()),
                Map.of(),
                directory,
                Installation.root().resolve("payara-micro-command.log"));
    }

    private URI uri(String application) {
        return URI.create("http://127.0.0.1:" + port + "/" + application);
    }

    private static void awaitLog(ServerProcess micro, String text) {
        Awaitility.await().atMost(TO_START).until(() -> micro.log().contains(text) || !micro.isAlive());
        assertThat(micro.log()).contains(text);
    }

    @Test
    void the_command_of_the_guide_starts_it_with_the_application_and_a_setting() throws IOException {
        try (ServerProcess micro = start(Archives.probe())) {
            awaitLog(micro, "ready in");
            Probe probe = new Probe(uri("seawall-probe"));
            assertThat(probe.run("cdi/set-by-file", ResilientContract.ALWAYS).attempts())
                    .isEqualTo(1 + 5);
        }
    }

    @Test
    void a_wrong_application_is_told_in_the_log_and_not_served() throws IOException {
        Path wrong = Archives.withWrongSetting();
        try (ServerProcess micro = start(wrong)) {
            awaitLog(micro, "'soon'");
            awaitLog(micro, "ready in");
            assertThat(new Probe(uri("wrong-setting")).status("/local/ping", ""))
                    .isEqualTo(404);
        }
    }
}
