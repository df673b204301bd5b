package io.seawall.resilience.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.circuitbreaker.CallWindow.Tally;
import io.seawall.test.FakeClock;
import io.seawall.test.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicedWindowTest {

    private record Call(long endedAt, boolean failed, boolean slow) {}

    /** Counts the calls that ended within a time. */
    private static Tally naive(List<Call> calls, long now, long nanos) {
        List<Call> in =
                calls.stream().filter(call -> now - call.endedAt() < nanos).toList();
        return new Tally(
                in.size(),
                in.stream().filter(Call::failed).count(),
                in.stream().filter(Call::slow).count());
    }

    @Test
    void it_counts_all_of_15_16_of_the_time_and_nothing_older_than_the_time() {
        Property.holds(500, chance -> {
            FakeClock clock = new FakeClock();
            Duration time = Duration.ofMillis(chance.nextLong(1, 100));
            long nanos = time.toNanos();
            SlicedWindow window = new SlicedWindow(time, clock.getAsLong());
            List<Call> calls = new ArrayList<>();

            for (int i = 0; i < 200; i++) {
                clock.advanceNanos(
                        switch (chance.nextInt(6)) {
                            case 0, 1 -> 0;
                            case 2 -> chance.nextLong(nanos / 16);
                            case 3 -> nanos / 16 * chance.nextLong(1, 17);
                            case 4 -> chance.nextLong(nanos);
                            default -> chance.nextInt(20) == 0 ? chance.nextLong(100 * nanos) : 1;
                        });
                long now = clock.getAsLong();
                if (chance.nextInt(4) > 0) {
                    Call call = new Call(now, chance.nextBoolean(), chance.nextBoolean());
                    calls.add(call);
                    window.add(now, call.failed(), call.slow());
                }

                Tally tally = window.tally(now);
                Tally least = naive(calls, now, nanos / 16 * 15);
                Tally most = naive(calls, now, nanos);
                assertThat(tally.calls()).as("calls").isBetween(least.calls(), most.calls());
                assertThat(tally.failed()).as("failed").isBetween(least.failed(), most.failed());
                assertThat(tally.slow()).as("slow").isBetween(least.slow(), most.slow());
            }
        });
    }

    @Test
    void a_call_whose_clock_is_behind_counts_in_its_own_time() {
        long slice = Duration.ofSeconds(1).toNanos();
        SlicedWindow window = new SlicedWindow(Duration.ofSeconds(16), 0);
        window.add(20 * slice, false, false);

        window.add(19 * slice, true, false);
        assertThat(window.tally(20 * slice)).isEqualTo(new Tally(2, 1, 0));
        window.add(4 * slice, true, false);
        assertThat(window.tally(20 * slice)).as("out before it came").isEqualTo(new Tally(2, 1, 0));
    }

    @Test
    void a_clock_behind_the_origin_is_at_the_origin() {
        SlicedWindow window = new SlicedWindow(Duration.ofSeconds(16), 0);

        window.add(-10_000_000_000L, true, true);

        assertThat(window.tally(0)).isEqualTo(new Tally(1, 1, 1));
    }
}
