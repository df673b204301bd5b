package io.seawall.resilience.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void the_default_is_5_failures_in_30_s_open_for_30_s() {
        assertThat(BreakerPolicy.defaults())
                .isEqualTo(new BreakerPolicy(5, Duration.ofSeconds(30), Duration.ofSeconds(30)));
    }

    @Test
    void every_number_has_its_range() {
        assertThat(new BreakerPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1)))
                .isNotNull();
        assertThat(new BreakerPolicy(1_000, Duration.ofHours(1), Duration.ofHours(1)))
                .isNotNull();
        refused(0, SECOND, SECOND, "failures is 0: use 1 to 1000");
        refused(1_001, SECOND, SECOND, "failures is 1001: use 1 to 1000");
        refused(1, Duration.ZERO, SECOND, "within is 0ms: use 1ms to 1h");
        refused(1, Duration.ofMillis(3_600_001), SECOND, "within is 3600001ms: use 1ms to 1h");
        refused(1, SECOND, Duration.ofMillis(-5), "openFor is -5ms: use 1ms to 1h");
        refused(1, SECOND, Duration.ofHours(2), "openFor is 7200000ms: use 1ms to 1h");
    }

    /** They could not be written into the log line of an opening circuit, which threw instead. */
    @Test
    void a_part_of_a_millisecond_is_refused() {
        refused(1, Duration.ofNanos(1_500_000), SECOND, "within is PT0.0015S: use whole milliseconds");
        refused(1, SECOND, Duration.ofNanos(1_000_001), "openFor is PT0.001000001S: use whole milliseconds");
    }

    private static void refused(int failures, Duration within, Duration openFor, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BreakerPolicy(failures, within, openFor))
                .withMessage(message);
    }
}
