package io.seawall.filter.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> NAMES =
            List.of("limits", "ip-limits", "match", "cost", "count", "on-store-failure");

    @ParameterizedTest
    @CsvSource({
        "limit,             limits",
        "limtis,            limits",
        "Limits,            limits",
        "limitsss,          limits",
        "iplimits,          ip-limits",
        "mach,              match",
        "costs,             cost",
        "cots,              ",
        "coun,              count",
        "onstorefailure,    on-store-failure",
        "limits,            limits",
    })
    void a_name_with_one_or_two_wrong_letters_is_recognised(String text, String name) {
        assertThat(NearestName.of(text, NAMES)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"rate", "''", "c", "on-failure", "xxxxxx", "li", "limitation"})
    void another_word_is_not(String text) {
        assertThat(NearestName.of(text, NAMES)).isNull();
    }
}
