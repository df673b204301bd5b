package io.seawall.storm.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductsTest {

    private static final long MILLI = 1_000_000;

    private final Products products = new Products(1_000 * MILLI);

    @ParameterizedTest
    @CsvSource({"500, FRESH", "501, FRESH", "499, DEGRADED", "null, DEGRADED"})
    void stock_is_fresh_if_it_was_read_after_the_question_was_born(String stock, Answer answer) {
        assertThat(products.answer(200, list(stock), 1_500 * MILLI)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"429, LIMITED", "500, FAILED", "503, FAILED", "404, FAILED"})
    void every_other_answer_is_told_by_its_status(int status, Answer answer) {
        assertThat(products.answer(status, list("501"), 1_500 * MILLI)).isEqualTo(answer);
    }

    @Test
    void what_is_not_the_list_is_a_failure() {
        assertThat(products.answer(200, "<html>", 0)).isEqualTo(Answer.FAILED);
        assertThat(products.answer(200, "[]", 0)).isEqualTo(Answer.FAILED);
        assertThat(products.answer(200, "{}", 0)).isEqualTo(Answer.FAILED);
    }

    private static String list(String stock) {
        return "[{\"id\":\"lamp\",\"stock\":35},{\"id\":\"mug\",\"stock\":" + stock + "}]";
    }
}
