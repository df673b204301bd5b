package io.seawall.resilience.stale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StalePolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void every_number_has_its_range() {
        assertThat(new StalePolicy(Duration.ofMillis(1), 1, null)).isNotNull();
        assertThat(new StalePolicy(Duration.ofDays(7), 100_000, Duration.ofMillis(1)))
                .isNotNull();
        refused(() -> new StalePolicy(Duration.ZERO, 1, null), "maxAge is 0ms: use 1ms to 7d");
        refused(() -> new StalePolicy(Duration.ofDays(8), 1, null), "maxAge is 691200000ms: use 1ms to 7d");
        refused(() -> new StalePolicy(SECOND, 0, null), "maxEntries is 0: use 1 to 100000");
        refused(() -> new StalePolicy(SECOND, 100_001, null), "maxEntries is 100001: use 1 to 100000");
        refused(() -> new StalePolicy(SECOND, 1, Duration.ZERO), "softDeadline is 0ms: use 1ms to 1h");
    }

    private static void refused(ThrowingCallable made, String message) {
        assertThatIllegalArgumentException().isThrownBy(made).withMessage(message);
    }
}
