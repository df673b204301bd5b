package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptFieldTest {

    private static BodyFormat preferred(String... lines) {
        return AcceptField.preferred(Collections.enumeration(List.of(lines)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            # Browsers
            text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8 | HTML_PAGE
            text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2                       | HTML_PAGE
            text/html, */*; q=0.01                                                     | HTML_PAGE
            image/avif,image/webp,image/apng,image/*,*/*;q=0.8                         | PROBLEM_DOCUMENT
            # Programs
            */*                                                                        | PROBLEM_DOCUMENT
            *                                                                          | PROBLEM_DOCUMENT
            application/json                                                           | PROBLEM_DOCUMENT
            application/json; charset=utf-8                                            | PROBLEM_DOCUMENT
            application/problem+json                                                   | PROBLEM_DOCUMENT
            application/json, text/plain, */*                                          | PROBLEM_DOCUMENT
            application/json, text/javascript, */*; q=0.01                             | PROBLEM_DOCUMENT
            text/event-stream                                                          | PROBLEM_DOCUMENT
            application/*                                                              | PROBLEM_DOCUMENT
            # Terminals
            text/plain                                                                 | PLAIN_TEXT
            text/plain, */*;q=0.5                                                      | PLAIN_TEXT
            text/plain, */*                                                            | PLAIN_TEXT
            # The highest q
            text/html;q=0.5, text/plain;q=0.8, application/json;q=0.7                  | PLAIN_TEXT
            text/html;q=0.5, text/plain;q=0.501                                        | PLAIN_TEXT
            application/json;q=0.1, text/html;level=1;q=0.2                            | HTML_PAGE
            TEXT/HTML;Q=1, application/json;q=0.9                                      | HTML_PAGE
            text/html;q=0.999, application/json;q=1.000                                | PROBLEM_DOCUMENT
            # As high: the closer range, then a problem document, then HTML
            text/html, application/json                                                | PROBLEM_DOCUMENT
            text/plain, text/html                                                      | HTML_PAGE
            text/plain, text/*                                                         | PLAIN_TEXT
            text/*                                                                     | HTML_PAGE
            text/*, */*                                                                | HTML_PAGE
            text/*, application/json                                                   | PROBLEM_DOCUMENT
            # The closest range that fits says it, wherever it stands
            text/*;q=0.5, text/html;q=0.1                                              | PLAIN_TEXT
            text/html;q=0.1, text/*;q=0.5                                              | PLAIN_TEXT
            application/json, application/problem+json;q=0.1, text/html;q=0.2          | HTML_PAGE
            */*, application/json;q=0                                                  | HTML_PAGE
            */*, application/json;q=0, text/html;q=0                                   | PLAIN_TEXT
            text/html;q=0.1, text/html;q=0.9, text/plain;q=0.5                         | HTML_PAGE
            # Nothing on offer is liked
            image/png                                                                  | PROBLEM_DOCUMENT
            */*;q=0                                                                    | PROBLEM_DOCUMENT
            text/html;q=0                                                              | PROBLEM_DOCUMENT
            # Garbage, and what can be made of the rest
            ^^                                                                         | PROBLEM_DOCUMENT
            ,,;,;;q=1,=                                                                | PROBLEM_DOCUMENT
            text/html;q=                                                               | PROBLEM_DOCUMENT
            text/html;q=.                                                              | PROBLEM_DOCUMENT
            text/html;q=1.001                                                          | PROBLEM_DOCUMENT
            text/html;q=2                                                              | PROBLEM_DOCUMENT
            text/html;q=-1                                                             | PROBLEM_DOCUMENT
            text/html;q=0.5x                                                           | PROBLEM_DOCUMENT
            text/html;q=NaN, text/plain                                                | PLAIN_TEXT
            text/htmlx                                                                 | PROBLEM_DOCUMENT
            xtext/html                                                                 | PROBLEM_DOCUMENT
            html                                                                       | PROBLEM_DOCUMENT
            text/html;q=0., text/plain;q=0.0009                                        | PROBLEM_DOCUMENT
            text/html;q=0.0019999, text/plain;q=0.001                                  | HTML_PAGE
            , text/plain ,                                                             | PLAIN_TEXT
            # Quotes
            image/png;a=",text/html,", text/plain;q=0.5                                | PLAIN_TEXT
            text/html;a=";q=0";q=1, text/plain;q=0.5                                   | HTML_PAGE
            text/html;q=0.1;a="\\",text/plain                                           | HTML_PAGE
            text/html;a="                                                              | HTML_PAGE
            """)
    void the_client_gets_what_it_likes_most(String accept, BodyFormat format) {
        assertThat(preferred(accept)).isEqualTo(format);
    }

    @Test
    void a_client_that_says_nothing_gets_a_problem_document() {
        assertThat(preferred()).isEqualTo(BodyFormat.PROBLEM_DOCUMENT);
        assertThat(AcceptField.preferred(null)).isEqualTo(BodyFormat.PROBLEM_DOCUMENT);
    }

    @Test
    void several_lines_are_one_list() {
        assertThat(preferred("image/png, text/plain;q=0.5", "text/html;q=0.6")).isEqualTo(BodyFormat.HTML_PAGE);
    }

    @Test
    void too_long_a_field_is_not_read() {
        String fits = "text/html" + ",".repeat(AcceptField.MAX_LENGTH - 9);
        assertThat(preferred(fits)).isEqualTo(BodyFormat.HTML_PAGE);
        assertThat(preferred(fits + ",")).isEqualTo(BodyFormat.PROBLEM_DOCUMENT);
        assertThat(preferred("text/html", ",".repeat(AcceptField.MAX_LENGTH - 8)))
                .isEqualTo(BodyFormat.PROBLEM_DOCUMENT);
    }

    @Test
    void any_garbage_has_an_answer() {
        String[] pieces = {
            "text",
            "html",
            "plain",
            "/",
            "*",
            ";",
            "q",
            "=",
            "0",
            "1",
            ".",
            "5",
            ",",
            "\"",
            "\\",
            " ",
            "\t",
            "json",
            "application",
            "problem+",
            "\u0000",
            "\u00ff",
            "-"
        };
        Property.holds(2_000, random -> {
            StringBuilder line = new StringBuilder();
            int length = random.nextInt(60);
            for (int i = 0; i < length; i++) {
                line.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(preferred(line.toString())).isNotNull();
        });
    }

    /** A list that everybody reads alike: random ranges, each with a q of its own. */
    @Test
    void a_naive_reader_says_the_same() {
        List<String> ranges = List.of(
                "*/*", "text/*", "application/*", "text/html", "text/plain", "application/problem+json", "image/png");
        Property.holds(2_000, random -> {
            int[] thousandths = new int[ranges.size()];
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < thousandths.length; i++) {
                thousandths[i] = random.nextInt(3) == 0 ? random.nextInt(1001) : -1;
                if (thousandths[i] >= 0) {
                    line.append(line.isEmpty() ? "" : random.nextBoolean() ? "," : " , ")
                            .append(ranges.get(i))
                            .append(random.nextBoolean() ? ";q=" : " ; q=")
                            .append(thousandths[i] == 1000 ? "1" : "0.%03d".formatted(thousandths[i]));
                }
            }
            int problem = first(thousandths[5], thousandths[2], thousandths[0]);
            int html = first(thousandths[3], thousandths[1], thousandths[0]);
            int plain = first(thousandths[4], thousandths[1], thousandths[0]);
            int most = Math.max(problem, Math.max(html, plain));
            BodyFormat preferred = preferred(line.toString());
            if (most <= 0) {
                assertThat(preferred).isEqualTo(BodyFormat.PROBLEM_DOCUMENT);
            } else {
                assertThat(
                                switch (preferred) {
                                    case PROBLEM_DOCUMENT -> problem;
                                    case HTML_PAGE -> html;
                                    case PLAIN_TEXT -> plain;
                                })
                        .as("%s", line)
                        .isEqualTo(most);
            }
        });
    }

    private static int first(int... qualities) {
        for (int quality : qualities) {
            if (quality >= 0) {
                return quality;
            }
        }
        return 0;
    }
}
