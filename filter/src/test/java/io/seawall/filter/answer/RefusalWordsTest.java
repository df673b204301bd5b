package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalWordsTest {

    private static final Map<String, Long> UNITS =
            Map.of("second", 1L, "seconds", 1L, "minutes", 60L, "hours", 3600L, "days", 86_400L);

    @ParameterizedTest
    @CsvSource({
        "1, 1 second",
        "2, 2 seconds",
        "119, 119 seconds",
        "120, 2 minutes",
        "121, 3 minutes",
        "7199, 120 minutes",
        "7200, 2 hours",
        "7201, 3 hours",
        "172799, 48 hours",
        "172800, 2 days",
        "172801, 3 days",
        "31622400, 366 days",
    })
    void a_wait_is_told_in_one_unit(long seconds, String words) {
        assertThat(RefusalWords.waiting(seconds)).isEqualTo(words);
    }

    @Test
    void who_waits_as_told_is_never_too_early_and_not_half_as_late_again() {
        Property.holds(20_000, random -> {
            long seconds = random.nextLong(1, random.nextBoolean() ? 200_000 : Long.MAX_VALUE / 4);
            String words = RefusalWords.waiting(seconds);
            int space = words.indexOf(' ');
            long told = Long.parseLong(words, 0, space, 10) * UNITS.getOrDefault(words.substring(space + 1), 0L);
            assertThat(told).isBetween(seconds, seconds + seconds / 2);
        });
    }

    @Test
    void as_text_it_is_a_single_line() {
        assertThat(PlainText.of(new Refusal(ProblemType.QUOTA_EXCEEDED, OptionalLong.of(11), List.of("default"))))
                .isEqualTo("Too many requests. Please try again in 11 seconds.\n");
        assertThat(PlainText.of(Refusal.unavailable()))
                .isEqualTo("Service unavailable. Please try again in 1 second.\n");
        assertThat(PlainText.of(new Refusal(ProblemType.QUOTA_EXCEEDED, OptionalLong.empty(), List.of())))
                .isEqualTo("Too many requests. Waiting does not help: this request goes beyond what its limits ever"
                        + " allow.\n");
    }
}
