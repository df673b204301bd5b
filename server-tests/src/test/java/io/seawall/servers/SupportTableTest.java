package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the table says no more than the tests have shown. */
class SupportTableTest {

    @TempDir
    Path directory;

    private String row(Feature feature) throws IOException {
        return new SupportTable(directory)
                .render()
                .lines()
                .filter(line -> line.startsWith("| " + feature.title() + " |"))
                .findFirst()
                .orElseThrow();
    }

    private void put(String tests, String title, Map<Feature, Support> results) throws IOException {
        new SupportTable(directory).put(tests, title, results);
    }

    @ParameterizedTest
    @CsvSource({
        "YES, YES, YES",
        "YES, NOT_OFFERED, NOT_OFFERED",
        "YES, NO, NO",
        "NOT_OFFERED, NOT_OFFERED, NOT_OFFERED",
        "NOT_OFFERED, NO, NO"
    })
    void of_two_tests_the_worse_counts(Support one, Support other, Support both) {
        assertThat(one.and(other)).isEqualTo(both);
        assertThat(other.and(one)).isEqualTo(both);
    }

    @ParameterizedTest
    @CsvSource({"YES, NOT_OFFERED, YES", "YES, NO, NO", "NOT_OFFERED, NO, NO", "YES, YES, YES"})
    void of_two_starts_the_one_with_more_to_offer_counts_unless_something_has_failed(
            Support one, Support other, Support both) throws IOException {
        put("OneIT", "A 1", Map.of(Feature.MESSAGES, one));
        put("OtherIT", "A 1", Map.of(Feature.MESSAGES, other));
        assertThat(row(Feature.MESSAGES)).isEqualTo("| Message-driven beans | " + both.text() + " |");
        put("OneIT", "A 1", Map.of(Feature.MESSAGES, other));
        put("OtherIT", "A 1", Map.of(Feature.MESSAGES, one));
        assertThat(row(Feature.MESSAGES)).isEqualTo("| Message-driven beans | " + both.text() + " |");
    }

    @Test
    void what_a_class_of_tests_has_found_before_is_forgotten_when_it_is_run_again() throws IOException {
        put("OneIT", "A 1", Map.of(Feature.EAR, Support.NO, Feature.ASYNC, Support.YES));
        put("OneIT", "A 1", Map.of(Feature.EAR, Support.YES));
        assertThat(row(Feature.EAR)).endsWith("| yes |");
        assertThat(row(Feature.ASYNC)).endsWith("| not run |");
    }

    @Test
    void every_server_has_a_column_in_the_order_of_their_names() throws IOException {
        put("SecondIT", "b 1", Map.of(Feature.EAR, Support.YES));
        put("FirstIT", "C 1", Map.of(Feature.EAR, Support.NO));
        put("ThirdIT", "A 1", Map.of(Feature.EAR, Support.NOT_OFFERED));
        assertThat(new SupportTable(directory).render().lines())
                .startsWith("|  | A 1 | b 1 | C 1 |", "|---|---|---|---|")
                .contains("| EAR with the jar in its `lib` | – | yes | no |")
                .hasSize(2 + Feature.values().length);
    }
}
