package io.seawall.filter.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.seawall.test.Property;
import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyLinesTest {

    private static List<PropertyEntry> read(String text) {
        return PropertyLines.read("x.properties", text);
    }

    @Test
    void entries_come_in_their_order_and_with_the_line_where_they_begin() {
        assertThat(read("""
                        # a comment \\
                        b = 1

                        ! another \\
                         \t\f # and one more \\
                          a : 2 \\
                             3, \\
                           # no comment
                        c\\u00e9\\=d   e\\tf
                        b = x = y
                        empty
                        path = C:\\\\
                        last"""))
                .extracting(PropertyEntry::line, PropertyEntry::key, PropertyEntry::value)
                .containsExactly(
                        tuple(2, "b", "1"),
                        tuple(6, "a", "2 3, # no comment"),
                        tuple(9, "c\u00e9=d", "e\tf"),
                        tuple(10, "b", "x = y"),
                        tuple(11, "empty", ""),
                        tuple(12, "path", "C:\\"),
                        tuple(13, "last", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void a_line_may_end_in_any_way(String end) {
        assertThat(read(String.join(end, "a = 1", "", "b = 2 \\", "  3", "c = 4")))
                .extracting(PropertyEntry::line, PropertyEntry::key, PropertyEntry::value)
                .containsExactly(tuple(1, "a", "1"), tuple(3, "b", "2 3"), tuple(5, "c", "4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only\n! comments", " \t\f\n"})
    void a_file_may_have_no_entry(String text) {
        assertThat(read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"b = \\u12", "b = \\u12g4", "\\u = x", "b = \\\n \\u00"})
    void a_wrong_escape_is_refused_with_file_and_line(String entry) {
        assertThatThrownBy(() -> read("a = 1\n# c\n" + entry + "\nd = 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("x.properties, line 3: ", "four hexadecimal digits", "UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a = 1\nb = 2 \\", "a = 1\nb = 2 \\\n"})
    void a_line_that_goes_on_where_the_file_ends_is_refused_with_its_number(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("x.properties, line 2: ", "the file ends", "delete it");
    }

    @Test
    void what_is_read_is_what_the_jdk_reads() {
        Property.holds(5_000, random -> {
            String text = text(random);
            Properties expected = new Properties();
            expected.load(new StringReader(text));
            Properties found = new Properties();
            read(text).forEach(entry -> found.setProperty(entry.key(), entry.value()));
            assertThat(found).as(text).isEqualTo(expected);
        });
    }

    private static String text(RandomGenerator random) {
        String[] parts = {
            "a", "b", "a.b", "=", ":", " ", "\t", "\f", "#", "!", "\\\\", "\\\n", "\\\r\n", "\n", "\r", "\r\n", "\\=",
            "\\n", "\\u00e9", "\\#", "\u00e9", "\\ "
        };
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(20); count > 0; count--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.append("\n#").toString();
    }
}
