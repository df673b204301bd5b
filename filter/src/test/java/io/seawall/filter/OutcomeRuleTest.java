package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeRuleTest {

    @ParameterizedTest
    @CsvSource({
        "401,          401, true",
        "401,          400, false",
        "'401, 403',   403, true",
        "4xx,          400, true",
        "4xx,          499, true",
        "4xx,          500, false",
        "4xx,          399, false",
        "'1xx,599',    100, true",
        "'1xx,599',    599, true",
        "'1xx,599',    598, false",
        "5xx,          600, false",
        "5xx,          0,   false",
        "5xx,          -1,  false",
    })
    void what_is_counted_is_due_and_all_else_comes_back(String statuses, int status, boolean due) {
        assertThat(OutcomeRule.count(statuses).isDue(status)).isEqualTo(due);
        assertThat(OutcomeRule.refund(statuses).isDue(status)).isEqualTo(!due);
    }

    @Test
    void a_status_that_is_none_of_http_is_charged_unless_it_would_have_to_be_named() {
        for (int status : new int[] {0, 99, 600, 999, Integer.MAX_VALUE}) {
            assertThat(OutcomeRule.refund("5xx").isDue(status)).isTrue();
            assertThat(OutcomeRule.count("5xx").isDue(status)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4x",
                "xxx",
                "600",
                "099",
                "40",
                "4011",
                "401,",
                "401 403",
                "6xx",
                "0xx",
                "4XX",
                "+40",
                "\u0664\u0660\u0661"
            })
    void what_is_no_status_is_refused_with_the_rule(String statuses) {
        for (boolean count : new boolean[] {true, false}) {
            assertThatThrownBy(() -> {
                        if (count) {
                            OutcomeRule.count(statuses);
                        } else {
                            OutcomeRule.refund(statuses);
                        }
                    })
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("is no status of 100 to 599", "for example 401, 5xx");
        }
    }
}
