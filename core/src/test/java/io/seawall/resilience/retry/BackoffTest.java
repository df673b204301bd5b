package io.seawall.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.seawall.test.Property;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void no_backoff_is_refused_and_without_jitter_it_doubles() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff(0, 1_000, Growth.EXPONENTIAL, Jitter.NONE))
                .withMessage("backoff is 0ms: use 1ms to 1h");

        Backoff doubled = backoff(1, 1_000, Growth.EXPONENTIAL, Jitter.NONE);
        for (int retry = 1; retry <= 9; retry++) {
            assertThat(doubled.nextNanos(retry, 0, new SplittableRandom(1))).isEqualTo((1L << (retry - 1)) * MS);
        }
    }

    @Test
    void full_jitter_grows_with_the_delay() {
        Backoff full = backoff(100, 10_000, Growth.EXPONENTIAL, Jitter.FULL);
        SplittableRandom random = new SplittableRandom(1);

        for (int retry = 1; retry <= 7; retry++) {
            long longest = 0;
            for (int i = 0; i < 1_000; i++) {
                longest = Math.max(longest, full.nextNanos(retry, 0, random));
            }
            assertThat(longest).isBetween(full.grownNanos(retry) * 98 / 100, full.grownNanos(retry));
        }
    }

    @ParameterizedTest
    @CsvSource({"FULL, 0, 1000", "EQUAL, 500, 1000", "DECORRELATED, 100, 1000"})
    void every_jitter_spreads_evenly_at_the_cap_too(Jitter jitter, long leastMillis, long mostMillis) {
        Backoff backoff = backoff(100, 1_000, Growth.EXPONENTIAL, jitter);
        SplittableRandom random = new SplittableRandom(1);
        int bins = 16;
        int each = 1_000;
        long width = (mostMillis - leastMillis) * MS / bins;

        int[] drawn = new int[bins];
        for (int i = 0; i < bins * each; i++) {
            long delay = backoff.nextNanos(20, 1_000 * MS, random);
            drawn[(int) Math.min(bins - 1, (delay - leastMillis * MS) / width)]++;
        }

        double chiSquare = 0;
        for (int count : drawn) {
            chiSquare += Math.pow(count - each, 2) / each;
        }
        // 15 degrees of freedom: an even spread is above this once in a thousand times.
        assertThat(chiSquare).isLessThan(37.7);
    }
}
