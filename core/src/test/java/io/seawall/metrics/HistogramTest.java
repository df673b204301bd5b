package io.seawall.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTest {

    private final Histogram histogram = new Histogram(1_000, 2_000);

    @Test
    void a_value_on_a_bound_is_within_it_and_what_is_beyond_all_has_a_bucket_too() {
        histogram.record(0);
        histogram.record(1_000);
        histogram.record(1_001);
        histogram.record(2_001);
        histogram.record(5_000_000_000L);

        Sample.Distribution read = histogram.read(List.of("x"));
        assertThat(read.bounds()).containsExactly(0.000_001, 0.000_002);
        assertThat(read.counts()).containsExactly(2, 1, 2);
        assertThat(read.sum()).isEqualTo(5.000_004_002);
        assertThat(read.labelValues()).containsExactly("x");
    }

    @Test
    void a_clock_that_goes_back_takes_nothing_from_the_sum() {
        histogram.record(500);
        histogram.record(-1);

        Sample.Distribution read = histogram.read(List.of());
        assertThat(read.counts()).containsExactly(2, 0, 0);
        assertThat(read.sum()).isEqualTo(0.000_000_5);
    }

    @Test
    void bounds_ascend_from_more_than_nothing() {
        assertThatIllegalArgumentException().isThrownBy(Histogram::new);
        assertThatIllegalArgumentException().isThrownBy(() -> new Histogram(0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Histogram(1, 1))
                .withMessageContaining("[1, 1]");
    }
}
