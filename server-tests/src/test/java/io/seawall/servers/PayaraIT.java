package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("all-servers")
class PayaraIT extends ServerContract {

    PayaraIT() {
        super(Server.payara());
    }

    private Payara payara() {
        return (Payara) server();
    }

    private Path copy(Path archive, String name) throws IOException {
        return Files.copy(archive, payara().directory().resolve(name));
    }

    @Test
    void the_commands_of_the_guide_deploy_set_and_take_away() throws IOException {
        String war = copy(Archives.probe(), "by-command.war").toString();
        Probe deployed = new Probe(payara().uri("by-command"));
        payara().asadmin("deploy", war);
        assertThat(deployed.run("cdi/set-by-file", ResilientContract.ALWAYS).attempts())
                .isEqualTo(1 + 3);
        payara().asadmin("create-system-properties", "seawall.set-by-file.retry.maxRetries=5");
        try {
            payara().asadmin("redeploy", "--name", "by-command", war);
            assertThat(deployed.run("cdi/set-by-file", ResilientContract.ALWAYS).attempts())
                    .isEqualTo(1 + 5);
        } finally {
            payara().asadmin("delete-system-property", "seawall.set-by-file.retry.maxRetries");
        }
        payara().asadmin("undeploy", "by-command");
        assertThat(deployed.status("/local/ping", "")).isEqualTo(404);
    }

    @Test
    void a_wrong_setting_fails_the_command_with_our_words() throws IOException {
        String wrong = copy(Archives.withWrongSetting(), "wrong-command.war").toString();
        assertThatThrownBy(() -> payara().asadmin("deploy", wrong))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("seawall.set-by-file.timeout", "'soon'");
    }
}
