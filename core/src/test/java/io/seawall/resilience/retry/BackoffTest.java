package io.seawall.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final long MS = 1_000_000;

    private static Backoff backoff(long baseMillis, long maxMillis, Growth growth, Jitter jitter) {
        return new Backoff(Duration.ofMillis(baseMillis), Duration.ofMillis(maxMillis), growth, jitter);
    }

    @Test
    void the_default_doubles_from_100_ms_up_to_5_s_with_full_jitter() {
        assertThat(Backoff.defaults()).isEqualTo(backoff(100, 5_000, Growth.EXPONENTIAL, Jitter.FULL));
    }

    @Test
    void a_fixed_delay_does_not_grow() {
        Backoff fixed = backoff(100, 5_000, Growth.FIXED, Jitter.NONE);

        for (int retry : new int[] {1, 2, 50, 100}) {
            assertThat(fixed.nextNanos(retry, 0, new SplittableRandom(1))).isEqualTo(100 * MS);
        }
    }

    @Test
    void equal_jitter_keeps_half_of_the_delay() {
        Property.holds(300, random -> {
            Backoff equal = backoff(100, 1_000, Growth.EXPONENTIAL, Jitter.EQUAL);
            int retry = random.nextInt(1, 101);

            assertThat(equal.nextNanos(retry, 0, random))
                    .isBetween(equal.grownNanos(retry) / 2, equal.grownNanos(retry));
        });
    }

    @Test
    void decorrelated_jitter_goes_from_the_base_to_three_times_the_delay_before_inside_the_cap() {
        Property.holds(300, random -> {
            Backoff decorrelated = backoff(100, 1_000, Growth.EXPONENTIAL, Jitter.DECORRELATED);

            assertThat(decorrelated.nextNanos(1, 0, random)).isBetween(100 * MS, 300 * MS);
            assertThat(decorrelated.nextNanos(2, 200 * MS, random)).isBetween(100 * MS, 600 * MS);
            assertThat(decorrelated.nextNanos(9, 900 * MS, random)).isBetween(100 * MS, 1_000 * MS);
        });
    }

    /** A cap on what was drawn would send most callers back at the cap, together. */
    @Test
    void decorrelated_jitter_does_not_heap_up_at_the_cap() {
        Backoff decorrelated = backoff(100, 1_000, Growth.EXPONENTIAL, Jitter.DECORRELATED);
        SplittableRandom random = new SplittableRandom(1);

        int atTheCap = 0;
        for (int i = 0; i < 1_000; i++) {
            atTheCap += decorrelated.nextNanos(9, 1_000 * MS, random) > 990 * MS ? 1 : 0;
        }
        assertThat(atTheCap).isLessThan(40);
    }

    @Test
    void all_decorrelated_delays_of_a_call_together_have_a_longest_too() {
        assertThat(backoff(100, 1_000, Growth.EXPONENTIAL, Jitter.DECORRELATED).longestTotalNanos(4))
                .isEqualTo((300 + 900 + 1_000 + 1_000) * MS);
    }
}
