package io.seawall.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.seawall.test.Property;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "2s, PT2S",
        "1m, PT1M",
        "12h, PT12H",
        "1d, P1D",
        "0s, PT0S",
        "007s, PT7S",
        "366d, P366D",
        "' 5s ', PT5S",
        "99999999999ms, PT99999999.999S",
        "99999999999d, P99999999999D"
    })
    void a_whole_number_and_a_unit_is_a_duration(String text, Duration expected) {
        assertThat(DurationText.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc",
                "s",
                "ms",
                "5",
                "-1s",
                "+1s",
                "1.5s",
                "1,5s",
                "1e3s",
                "1 s",
                "1\u00a0s",
                "1s2ms",
                "1sec",
                "1us",
                "1ns",
                "1w",
                "1S",
                "1MS",
                "1M",
                "1H",
                "1D",
                "1s\0",
                "\uff11\uff10s", // full-width digits
                "\u0661\u0660s", // Arabic-Indic digits
                "999999999999d", // more milliseconds than a long holds
                "1000000000000s",
                "99999999999999999999s",
                "PT1S"
            })
    void anything_else_is_refused_with_the_text_and_the_rule(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageStartingWith("'" + text.strip() + "' is not a duration")
                .withMessageContaining("a whole number and a unit (ms, s, m, h, d)");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0ms",
        "PT0.001S, 1ms",
        "PT1.5S, 1500ms",
        "PT60S, 1m",
        "PT61S, 61s",
        "PT90M, 90m",
        "PT24H, 1d",
        "PT25H, 25h"
    })
    void the_text_has_the_largest_unit_that_divides(Duration duration, String expected) {
        assertThat(DurationText.format(duration)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0.0005S", "PT0.000000001S", "PT1.0000001S"})
    void a_negative_or_broken_number_of_milliseconds_has_no_text(Duration duration) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.format(duration))
                .withMessage(duration + " has no text form: use whole milliseconds, zero or more");
    }

    @Test
    void what_is_written_is_read_back() {
        Property.holds(2_000, random -> {
            Duration duration = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 37)));

            assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(duration);
        });
    }
}
