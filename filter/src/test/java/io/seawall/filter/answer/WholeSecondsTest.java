package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import io.seawall.test.Property;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeSecondsTest {

    private static final QuotaPolicy LIMIT =
            QuotaPolicies.parse("api", "10/60s").policies().get(0);

    private static Decision.Denied refusal(long retryAfterMicros) {
        return TestDecisions.denied(List.of(TestDecisions.refused(LIMIT, 0, 1, 1)), retryAfterMicros);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "999999, 1",
        "1000000, 1",
        "1000001, 2",
        "9223372036854775806, 9223372036855",
    })
    void seconds_are_rounded_up(long micros, long seconds) {
        assertThat(WholeSeconds.ceil(micros)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1000000, 1", "1000001, 2", "59999999, 60"})
    void retry_after_is_rounded_up_and_never_nothing(long micros, long seconds) {
        assertThat(WholeSeconds.untilRetry(refusal(micros))).isEqualTo(seconds);
    }

    @Test
    void a_wait_that_does_not_help_is_not_told() {
        assertThat(WholeSeconds.untilRetry(refusal(Long.MAX_VALUE))).isEqualTo(WholeSeconds.UNTOLD);
    }

    @Test
    void retry_after_is_neither_too_early_nor_earlier_than_any_reset() {
        Property.holds(20_000, random -> {
            RandomDecisions decisions = new RandomDecisions(random);
            if (decisions.of(decisions.limits()) instanceof Decision.Denied denied) {
                long retry = WholeSeconds.untilRetry(denied);
                assertThat(retry == WholeSeconds.UNTOLD).isEqualTo(denied.retryAfterMicros() == Long.MAX_VALUE);
                if (retry != WholeSeconds.UNTOLD) {
                    assertThat(retry * 1_000_000).isGreaterThanOrEqualTo(denied.retryAfterMicros());
                    assertThat((retry - 1) * 1_000_000).isLessThan(denied.retryAfterMicros());
                }
                for (QuotaStatus status : denied.quotas()) {
                    assertThat(WholeSeconds.untilReset(status, denied)).isLessThanOrEqualTo(retry);
                }
            }
        });
    }
}
