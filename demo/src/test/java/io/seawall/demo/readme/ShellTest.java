package io.seawall.demo.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The replay of the README is only worth something if it refuses what it does not understand. */
class ShellTest {

    private final Shell shell = new Shell(request -> {
        throw new AssertionError("nothing is sent");
    });

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wget http://localhost:8080/",
                "curl --fail http://localhost:8080/",
                "curl -s",
                "curl http://localhost:8080/ | jq .",
                "curl http://localhost:8080/ http://localhost:8081/",
                "curl -o file http://localhost:8080/",
                "curl 'http://localhost:8080/",
                "for i in $(seq 9); do wget http://localhost:8080/; done",
            })
    void a_command_that_it_does_not_know_is_an_error(String command) {
        assertThatThrownBy(() -> shell.run(command)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void another_status_header_or_body_is_seen() {
        Printed shown = Printed.parse("HTTP/1.1 429 Too Many Requests\nRetry-After: 31\n\nno");

        assertThat(Printed.parse("HTTP/1.1 429\nretry-after: 7\nserver: x\n\nno")
                        .isAsShown(shown))
                .isTrue();
        assertThat(Printed.parse("HTTP/1.1 200\nretry-after: 7\n\nno").isAsShown(shown))
                .isFalse();
        assertThat(Printed.parse("HTTP/1.1 429\n\nno").isAsShown(shown)).isFalse();
        assertThat(Printed.parse("HTTP/1.1 429\nretry-after: 7\n\nyes").isAsShown(shown))
                .isFalse();
        assertThat(Printed.parse("no").isAsShown(shown)).isFalse();
    }

    @Test
    void a_section_is_read_to_the_next_heading() {
        List<String> readme = List.of(
                "## One",
                "```console",
                "$ a",
                "1",
                "$ b",
                "```",
                "text",
                "```console",
                "$ c",
                "```",
                "## Two",
                "```console",
                "$ d",
                "```");

        assertThat(Section.steps(readme, "One"))
                .containsExactly(new Step("a", "1"), new Step("b", ""), new Step("c", ""));
    }

    @Test
    void a_block_that_would_not_be_replayed_is_an_error() {
        assertThatThrownBy(() -> Section.steps(List.of("## One", "```sh", "curl x", "```"), "One"))
                .hasMessageContaining("not replayed");
    }
}
