package io.seawall.filter.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IfNoneMatchTest {

    private static boolean matches(String tag, String... lines) {
        return matches(tag, List.of(lines));
    }

    private static boolean matches(String tag, List<String> lines) {
        boolean matches = IfNoneMatch.matches(Collections.enumeration(lines), tag);
        assertThat(matches)
                .as("%s in %s", tag, lines)
                .isEqualTo(!lines.isEmpty() && NaiveIfNoneMatch.matches(lines, tag));
        return matches;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            W/"a"                       | true
            # Weak comparison: what is in the quotes counts
            "a"                         | true
            "b", W/"a"                  | true
            "b","a","c"                 | true
            W/"b", W/"c"                | false
            *                           | true
            ^ * ^                       | true
            # Lists may have empty items, and space around all
            ^ , ,"a", , ^               | true
            ^\t"b"\t,\t"a"\t^           | true
            # Case counts
            "A"                         | false
            w/"a"                       | false
            # A comma in quotes separates nothing
            "b,"                        | false
            "b", "c,d", "a"             | true
            # Malformed: all of it counts for nothing, and the client gets the answer
            ^^                          | false
            a                           | false
            'a'                         | false
            "a                          | false
            a"                          | false
            "a" "b"                     | false
            "a"x                        | false
            "a"; q=1                    | false
            W / "a"                     | false
            W/ "a"                      | false
            W/                          | false
            W/W/"a"                     | false
            *, "a"                      | false
            "a", *                      | false
            **                          | false
            "b c", "a"                  | false
            "a", "\\"                   | true
            "a", "b                     | false
            """)
    void a_list_has_the_tag_or_not(String line, boolean matches) {
        String text = line == null ? "" : line.replace("\\t", "\t");
        assertThat(matches("W/\"a\"", text)).isEqualTo(matches);
        assertThat(matches("\"a\"", text)).isEqualTo(matches);
    }

    @Test
    void nothing_matches_without_the_field() {
        assertThat(matches("\"a\"")).isFalse();
        assertThat(IfNoneMatch.matches(null, "\"a\"")).isFalse();
    }

    @Test
    void several_lines_are_one_list() {
        assertThat(matches("\"a\"", "\"b\"", "\"a\"")).isTrue();
        assertThat(matches("\"a\"", "\"a\"", "b")).isFalse();
        assertThat(matches("\"a\"", "*", "\"b\"")).isFalse();
        assertThat(matches("\"a\"", "\"b\"", "*")).isFalse();
        assertThat(matches("\"a\"", "\"b", "a\"")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"a", "W/a", "\"a\" ", "\"a b\"", "*", "\"a\",\"b\""})
    void a_tag_of_an_application_that_is_none_matches_nothing(String tag) {
        assertThat(matches(tag, "*")).isFalse();
        assertThat(matches(tag, tag)).isFalse();
    }

    @Test
    void too_long_a_field_matches_nothing() {
        String fits = "\"a\"" + ",".repeat(IfNoneMatch.MAX_LENGTH - 3);
        assertThat(matches("\"a\"", fits)).isTrue();
        assertThat(matches("\"a\"", fits + ",")).isFalse();
        assertThat(matches("\"a\"", "\"a\"", ",".repeat(IfNoneMatch.MAX_LENGTH - 2)))
                .isFalse();
    }

    @Test
    void it_matches_what_the_naive_reader_matches() {
        String[] pieces = {
            "W/", "\"", "a", "\"a\"", "\"b\"", "W/\"a\"", ",", ", ", " ", "\t", "*", "\u0080", "\u0100", "\\", "\u007f"
        };
        Property.holds(5_000, random -> {
            List<String> lines = new ArrayList<>();
            for (int line = random.nextInt(1, 4); line > 0; line--) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(8); i > 0; i--) {
                    text.append(pieces[random.nextInt(pieces.length)]);
                }
                lines.add(text.toString());
            }
            matches(random.nextBoolean() ? "W/\"a\"" : "\"a\"", lines);
        });
    }
}
