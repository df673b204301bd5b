package io.seawall.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

    private static final Duration ENOUGH = Duration.ofSeconds(20);

    private final AtomicLong now = new AtomicLong(-7);

    @Test
    void what_runs_do_not_need_is_there_to_get_warm_in_equal_parts() throws TooSlowException {
        TimeLeft time = timeLeft(300, 5, 50);

        assertThat(time.toSpare()).isEqualTo(Duration.ofSeconds(50));
        assertThat(time.forWarmUp(ENOUGH)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void what_a_run_did_not_take_is_there_for_those_after_it_but_nobody_needs_more_than_enough()
            throws TooSlowException {
        TimeLeft time = timeLeft(300, 5, 50);
        now.addAndGet(Duration.ofSeconds(52).toNanos());
        time.runIsOver();

        assertThat(time.forWarmUp(ENOUGH)).isEqualTo(Duration.ofSeconds(12));
        assertThat(time.forWarmUp(Duration.ofSeconds(8))).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void a_slow_machine_is_told_before_it_begins_what_it_could_not_end() {
        TimeLeft time = timeLeft(300, 5, 50);
        now.addAndGet(Duration.ofSeconds(60).toNanos());

        assertThatThrownBy(time::toSpare)
                .isInstanceOf(TooSlowException.class)
                .hasMessage("This machine is too slow for it: there is no time left for 5 more runs.");
        assertThatThrownBy(() -> time.forWarmUp(ENOUGH)).isInstanceOf(TooSlowException.class);
    }

    private TimeLeft timeLeft(long all, int runs, long run) {
        return new TimeLeft(Duration.ofSeconds(all), runs, Duration.ofSeconds(run), now::get);
    }
}
