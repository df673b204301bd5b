package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100/60s                                | default=100/1m sliding-window",
                "'  100/60s  '                          | default=100/1m sliding-window",
                "1/1ms                                  | default=1/1ms sliding-window",
                "007/1s                                 | default=7/1s sliding-window",
                "9007199254740991/366d                  | default=9007199254740991/366d sliding-window",
                "100/60s sliding-window                 | default=100/1m sliding-window",
                "'100/60s \t sliding-window'            | default=100/1m sliding-window",
                "mail=10/1h                             | mail=10/1h sliding-window",
                "A-z_0=10/1h                            | A-z_0=10/1h sliding-window",
                "100/60s token-bucket                   | default=100/1m token-bucket",
                "100/60s token-bucket burst=20          | default=100/1m token-bucket burst=20",
                "100/60s burst=200 token-bucket shadow  | default=100/1m token-bucket burst=200 shadow",
                "100/60s shadow                         | default=100/1m sliding-window shadow",
                "x=100/1d fixed-window                  | x=100/1d fixed-window",
                "100/1d fixed-window-from-first         | default=100/1d fixed-window-from-first"
            })
    void a_limit_is_a_name_permits_a_window_and_an_algorithm(String text, String expected) {
        assertThat(LimitsParser.parse("default", text)).singleElement().hasToString(expected);
    }

    @Test
    void every_part_is_read() {
        assertThat(LimitsParser.parse("default", "mail=10/1500ms sliding-window"))
                .containsExactly(new QuotaPolicy("mail", 10, Duration.ofMillis(1500), Algorithm.SLIDING_WINDOW));
    }

    @Test
    void several_limits_keep_their_order() {
        assertThat(LimitsParser.parse("default", "sustained=1000/1h;burst=20/1s ; 5/100ms sliding-window"))
                .extracting(QuotaPolicy::toString)
                .containsExactly(
                        "sustained=1000/1h sliding-window",
                        "burst=20/1s sliding-window",
                        "per-100ms=5/100ms sliding-window");
    }

    @Test
    void of_several_limits_one_without_a_name_is_called_after_its_window_as_it_was_written() {
        assertThat(LimitsParser.parse("default", "20/1s; 1000/60m"))
                .extracting(QuotaPolicy::name)
                .containsExactly("per-1s", "per-60m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // not a limit at all
                "\"\"           | '' is not a limit: write [name=]permits/window [algorithm] [burst=N] [shadow], for example 100/60s",
                "abc            | 'abc' is not a limit: write [name=]permits/window [algorithm]",
                "100            | '100' is not a limit: write",
                "100:60s        | '100:60s' is not a limit: write",
                "a/b=100        | 'a/b=100' is not a limit: write",
                "100/60s;       | '' is not a limit: write",
                ";100/60s       | '' is not a limit: write",
                "1/1s;;2/2s     | '' is not a limit: write",
                // too much
                "100 / 60s      | '/' is not an algorithm: use",
                "100/60s sliding-window x | '100/60s sliding-window x' has 'x' once too often: write",
                "100/60s shadow shadow | 'shadow' is not an algorithm: use",
                "100/60s burst=5 | limit 'default' has a burst of 5, which sliding-window does not know: write token-bucket burst=5",
                "100/60s token-bucket burst= | '' is not a number of burst: write",
                "100/60s token-bucket burst=0 | limit 'default' has a burst of 0: use 1 to",
                "999983/1d token-bucket | limit 'default' cannot be counted exactly: the 86400000000 microseconds",
                // algorithm
                "100/60s leaky  | 'leaky' is not an algorithm: use sliding-window",
                "100/60s SLIDING-WINDOW | 'SLIDING-WINDOW' is not an algorithm: use sliding-window",
                // window
                "100/           | '' is not a duration: write a whole number and a unit",
                "100/60         | '60' is not a duration",
                "100/-1s        | '-1s' is not a duration",
                "100/1s/1s      | '1s/1s' is not a duration",
                "100/0s         | limit 'default' has a window of PT0S: use 1ms to 366d",
                "100/367d       | limit 'default' has a window of PT8808H: use 1ms to 366d",
                "100/99999999999d | limit 'default' has a window of PT2399999999976H: use 1ms to 366d",
                // permits
                "/60s           | '' is not a number of permits: write",
                "abc/60s        | 'abc' is not a number of permits: write",
                "-1/60s         | '-1' is not a number of permits: write",
                "+1/60s         | '+1' is not a number of permits: write",
                "1.5/60s        | '1.5' is not a number of permits: write",
                "a=b=1/60s      | 'b=1' is not a number of permits: write",
                "\uff11/60s     | '\uff11' is not a number of permits: write",
                "0/60s          | '0/60s' grants 0 permits: use 1 or more",
                "9007199254740992/60s | limit 'default' grants 9007199254740992 permits: use 1 to 9007199254740991",
                "9223372036854775808/60s | permits of 9223372036854775808 are too many: use 1 to 9007199254740991 (2^53 - 1)",
                // name
                "=1/60s         | limit name '' is not allowed: use 1 to 64 letters, digits, '-' or '_'",
                "a.b=1/60s      | limit name 'a.b' is not allowed",
                "\u00e4=1/60s   | limit name '\u00e4' is not allowed"
            })
    void what_is_wrong_is_named_with_the_rule(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitsParser.parse("default", text))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie:x=1/1s", "a\0=1/1s", "a\u2028b=1/1s"})
    void a_name_with_control_characters_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LimitsParser.parse("default", text));
    }
}
