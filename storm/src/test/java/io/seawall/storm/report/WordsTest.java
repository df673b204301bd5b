package io.seawall.storm.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void what_is_to_be_compared_with_one_has_two_digits() {
        assertThat(Words.times(0.018)).isEqualTo("0.02 ×");
        assertThat(Words.times(1.2)).isEqualTo("1.20 ×");
        assertThat(Words.times(6.44)).isEqualTo("6.4 ×");
    }

    @Test
    void all_is_said_of_all_only() {
        assertThat(Words.percent(1)).isEqualTo("100 %");
        assertThat(Words.percent(0.99999)).isEqualTo("99.9 %");
        assertThat(Words.percent(0.99)).isEqualTo("99 %");
        assertThat(Words.percent(0.979)).isEqualTo("97.9 %");
    }

    @Test
    void times_have_the_unit_that_fits() {
        assertThat(Words.millis(3.44)).isEqualTo("3.4 ms");
        assertThat(Words.millis(320.4)).isEqualTo("320 ms");
        assertThat(Words.millis(999.9)).isEqualTo("1.0 s");
    }

    @Test
    void what_is_not_known_is_a_dash() {
        assertThat(Words.times(Double.NaN)).isEqualTo("–");
        assertThat(Words.count(Double.NaN)).isEqualTo("–");
        assertThat(Words.percent(Double.NaN)).isEqualTo("–");
        assertThat(Words.millis(Double.NaN)).isEqualTo("–");
    }
}
