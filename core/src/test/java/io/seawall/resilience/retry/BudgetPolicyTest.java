package io.seawall.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetPolicyTest {

    @Test
    void the_default_is_a_tenth_of_the_calls_and_one_a_second() {
        assertThat(BudgetPolicy.defaults()).isEqualTo(BudgetPolicy.parse("10% + 1/s"));
    }

    @ParameterizedTest
    @CsvSource({"10% + 1/s,10,1", "10%+1/s,10,1", "' 100 % + 1000 /s ',100,1000", "20%,20,0", "5/s,0,5", "0% + 1/s,0,1"
    })
    void a_text_gives_a_part_of_the_calls_and_a_number_a_second(String text, int percent, int perSecond) {
        assertThat(BudgetPolicy.parse(text)).isEqualTo(new BudgetPolicy(percent, perSecond));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "10%+", "+1/s", "1/s + 10%", "10% 1/s", "-1%", "1.5%", "10% + 1/m", "99999%", "\u0661%"
            })
    void any_other_text_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BudgetPolicy.parse(text))
                .withMessage(
                        "'" + text + "' is not a budget: write a part of the calls and a number a second, for example"
                                + " 10% + 1/s, or one of them");
    }

    @Test
    void every_number_has_its_range() {
        refused(101, 0, "the budget is 101% of the calls: use 0 to 100");
        refused(-1, 0, "the budget is -1% of the calls: use 0 to 100");
        refused(0, 1_001, "the budget is 1001/s besides: use 0 to 1000");
        refused(10, -1, "the budget is -1/s besides: use 0 to 1000");
        refused(0, 0, "a budget of nothing: to switch retrying off, use maxRetries = 0");
    }

    private static void refused(int percent, int perSecond, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BudgetPolicy(percent, perSecond))
                .withMessage(message);
    }
}
