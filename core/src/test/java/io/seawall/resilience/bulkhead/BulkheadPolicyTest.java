package io.seawall.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BulkheadPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void every_number_has_its_range() {
        assertThat(new BulkheadPolicy(1, Duration.ZERO)).isNotNull();
        assertThat(new BulkheadPolicy(100_000, Duration.ofHours(1))).isNotNull();
        refused(() -> new BulkheadPolicy(0, SECOND), "max is 0: use 1 to 100000");
        refused(() -> new BulkheadPolicy(100_001, SECOND), "max is 100001: use 1 to 100000");
        refused(() -> new BulkheadPolicy(1, Duration.ofMillis(-1)), "maxWait is -1ms: use 0ms to 1h");
        refused(() -> new BulkheadPolicy(1, Duration.ofHours(2)), "maxWait is 7200000ms: use 0ms to 1h");
    }

    private static void refused(ThrowingCallable made, String message) {
        assertThatIllegalArgumentException().isThrownBy(made).withMessage(message);
    }
}
