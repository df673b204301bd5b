package io.seawall.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.seawall.metrics.Meter.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seawall",
                "Seawall.calls",
                "seawall.calls_total",
                "seawall..calls",
                "seawall.calls.",
                "seawall.1",
                ""
            })
    void a_name_is_words_in_lower_case_with_dots_between_them(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Meter.counter(name, "Calls."))
                .withMessageContaining("'" + name + "'");
    }

    @Test
    void a_name_does_not_say_what_expositions_add() {
        assertThatIllegalArgumentException().isThrownBy(() -> Meter.counter("seawall.calls.total", "Calls."));
        assertThatIllegalArgumentException().isThrownBy(() -> Meter.durations("seawall.call.seconds", "Calls."));
        assertThat(Meter.durations("seawall.call", "Calls.").unit()).isEqualTo("seconds");
    }

    @Test
    void a_unit_is_one_that_expositions_know() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Meter("seawall.call", Kind.GAUGE, "hours", "Calls.", List.of()))
                .withMessageContaining("hours");
    }

    @Test
    void labels_are_words_and_each_is_there_once() {
        assertThatIllegalArgumentException().isThrownBy(() -> Meter.counter("seawall.calls", "Calls.", "the-target"));
        assertThatIllegalArgumentException().isThrownBy(() -> Meter.counter("seawall.calls", "Calls.", "a", "a"));
        assertThat(Meter.counter("seawall.calls", "Calls.", "target").labels()).containsExactly("target");
    }
}
