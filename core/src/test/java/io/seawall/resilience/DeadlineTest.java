package io.seawall.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.seawall.test.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();

    @Test
    void what_is_left_shrinks_with_the_time_and_below_nothing() {
        Deadline deadline = Deadline.in(SECOND, clock);
        assertThat(deadline.leftNanos()).isEqualTo(1_000_000_000);

        clock.advance(Duration.ofMillis(1_500));

        assertThat(deadline.leftNanos()).isEqualTo(-500_000_000);
        assertThat(deadline.total()).isEqualTo(SECOND);
    }

    @Test
    void something_fits_only_if_more_is_left_than_it_takes() {
        Deadline deadline = Deadline.in(SECOND, clock);

        assertThat(deadline.leaves(999_999_999)).isTrue();
        assertThat(deadline.leaves(1_000_000_000)).isFalse();
    }

    @Test
    void without_a_deadline_everything_fits() {
        assertThat(Deadline.NONE.isSet()).isFalse();
        assertThat(Deadline.in(SECOND, clock).isSet()).isTrue();
        assertThat(Deadline.NONE.leftNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(Deadline.NONE.leaves(Long.MAX_VALUE - 1)).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(Deadline.NONE::total)
                .withMessage("a call without a deadline has no total: ask isSet() before");
    }
}
