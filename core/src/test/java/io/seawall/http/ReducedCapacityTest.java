package io.seawall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReducedCapacityTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 1",
        "PT-1S, 1",
        "PT0.000000001S, 1",
        "PT1S, 1",
        "PT1.000000001S, 2",
        "PT29.999S, 30",
        "PT30S, 30",
        "PT5M, 300",
        "PT9223372036854775807.9S, 9223372036854775807"
    })
    void when_to_come_back_is_in_whole_seconds_and_never_too_early(Duration retryAfter, long seconds) {
        assertThat(ReducedCapacity.until(Optional.of(retryAfter)).retryAfterSeconds())
                .isEqualTo(seconds);
    }

    @Test
    void where_nobody_knows_when_to_come_back_it_is_a_second() {
        assertThat(ReducedCapacity.until(Optional.empty()).retryAfterSeconds()).isEqualTo(1);
    }

    @Test
    void nobody_is_told_to_come_back_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReducedCapacity(0))
                .withMessageContaining("0 seconds");
    }

    @Test
    void the_problem_is_of_the_type_of_the_draft_and_names_nothing_else() {
        ReducedCapacity answer = new ReducedCapacity(7);
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity\","
                        + "\"title\":\"Request cannot be satisfied due to temporary server capacity constraints\","
                        + "\"status\":503}");
        assertThat(new String(answer.bodyBytes(), StandardCharsets.UTF_8)).isEqualTo(answer.body());
    }
}
