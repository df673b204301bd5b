package io.seawall.resilience.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ChaosPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void every_number_has_its_range() {
        assertThat(new ChaosPolicy(Duration.ZERO, 0, 100)).isNotNull();
        assertThat(new ChaosPolicy(Duration.ofHours(1), 100, 0)).isNotNull();
        refused(() -> new ChaosPolicy(Duration.ofHours(2), 1, 1), "delay is 7200000ms: use 0ms to 1h");
        refused(() -> new ChaosPolicy(SECOND, 101, 1), "delayPercent is 101: use 0 to 100");
        refused(() -> new ChaosPolicy(SECOND, 1, -1), "failurePercent is -1: use 0 to 100");
    }

    @Test
    void something_is_hit_and_a_delay_says_how_often() {
        refused(() -> new ChaosPolicy(SECOND, 0, 1), "delay is 1000ms and delayPercent is 0: give both or neither");
        refused(
                () -> new ChaosPolicy(Duration.ZERO, 10, 1),
                "delay is 0ms and delayPercent is 10: give both or neither");
        refused(
                () -> new ChaosPolicy(Duration.ZERO, 0, 0),
                "delayPercent and failurePercent are both 0: give one of them, or leave chaos out");
    }

    private static void refused(ThrowingCallable made, String message) {
        assertThatIllegalArgumentException().isThrownBy(made).withMessage(message);
    }
}
