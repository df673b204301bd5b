package io.seawall.storm.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClientRetriesTest {

    private static final long MILLI = 1_000_000;

    private final Random random = new Random(1);

    @Test
    void at_once_means_without_any_delay() {
        assertThat(ClientRetries.atOnce(3).delayNanos(3, random)).isZero();
    }

    @Test
    void the_delay_is_spread_from_nothing_to_twice_as_much_for_each_further_retry() {
        ClientRetries retries = new ClientRetries(5, Duration.ofMillis(500), Duration.ofSeconds(5));

        assertThat(longestOf(retries, 1)).isBetween(490 * MILLI, 500 * MILLI);
        assertThat(longestOf(retries, 2)).isBetween(980 * MILLI, 1_000 * MILLI);
        assertThat(longestOf(retries, 3)).isBetween(1_960 * MILLI, 2_000 * MILLI);
        assertThat(longestOf(retries, 5)).isBetween(4_900 * MILLI, 5_000 * MILLI);
        assertThat(LongStream.range(0, 1_000)
                        .map(i -> retries.delayNanos(3, random))
                        .min()
                        .orElseThrow())
                .isLessThan(40 * MILLI);
    }

    @Test
    void rules_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientRetries(3, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("a longest delay that is not below the first");
        assertThatIllegalArgumentException().isThrownBy(() -> ClientRetries.atOnce(11));
    }

    private long longestOf(ClientRetries retries, int retry) {
        return LongStream.range(0, 1_000)
                .map(i -> retries.delayNanos(retry, random))
                .max()
                .orElseThrow();
    }
}
