package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The last test of {@code -Pall-servers}: the table of the guide is the one that the tests have made. With {@code
 * -Dseawall.table.update} it becomes that.
 */
class SupportTableCheck {

    private static final Path GUIDE = Path.of("../docs/servers.md");
    private static final String START = "<!-- table -->\n";
    private static final String END = "<!-- end of table -->";

    @Test
    void the_guide_says_what_the_tests_have_shown() throws IOException {
        String only = System.getProperty("seawall.only", "");
        assumeTrue(only.isBlank(), () -> "only " + only + " has run, so the table is not whole");
        Path support = Path.of(System.getProperty("seawall.support"));
        String shown = new SupportTable(support).render();
        String guide = Files.readString(GUIDE);
        String updated =
                guide.substring(0, guide.indexOf(START) + START.length()) + shown + guide.substring(guide.indexOf(END));
        if (!System.getProperty("seawall.table.update", "false").equals("false")) {
            Files.writeString(GUIDE, updated);
        }
        Path copy = Files.writeString(support.resolve("servers.md"), updated);
        assertThat(Files.readString(GUIDE))
                .as(
                        "docs/servers.md has another table than the tests have made; if they are right:"
                                + " cp server-tests/target/support/%s docs/servers.md",
                        copy.getFileName())
                .isEqualTo(updated);
        assertThat(shown).as("a feature that was not tested, or failed").doesNotContain(SupportTable.NOT_RUN, "| no ");
    }
}
