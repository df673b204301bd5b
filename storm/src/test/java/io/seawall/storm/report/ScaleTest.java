package io.seawall.storm.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {

    @ParameterizedTest
    @CsvSource({"0, 0 1", "1, 0 1", "3, 0 1 2 3", "7, 0 2 4 6 8", "99, 0 20 40 60 80 100", "6500, 0 2000 4000 6000 8000"
    })
    void a_linear_scale_has_round_steps_up_to_the_greatest_value(double greatest, String ticks) {
        Scale scale = Scale.linear(greatest, 5, value -> "" + (long) value);

        assertThat(scale.ticks().stream().map(Scale.Tick::label)).containsExactly(ticks.split(" ", -1));
        assertThat(scale.share(0)).isZero();
        assertThat(scale.share(greatest)).isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1 10", "3, 700, 1 10 100 1000", "20, 1000, 10 100 1000", "20, 1001, 10 100 1000 10000"})
    void a_logarithmic_scale_goes_by_powers_of_ten(double least, double greatest, String ticks) {
        Scale scale = Scale.logarithmic(least, greatest, value -> "" + (long) value);

        assertThat(scale.ticks().stream().map(Scale.Tick::label)).containsExactly(ticks.split(" ", -1));
        assertThat(scale.share(scale.ticks().get(1).value()))
                .isEqualTo(1.0 / (scale.ticks().size() - 1));
        assertThat(scale.share(0)).as("what is below is at the foot").isZero();
    }
}
