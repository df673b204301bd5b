package io.seawall.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.seawall.test.FakeClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampledDurationsTest {

    private static final long MILLI = 1_000_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final SplittableRandom random = new SplittableRandom(7);
    private final SampledDurations durations = new SampledDurations(clock, () -> random, MILLI, 10 * MILLI);

    private Sample.Distribution read() {
        return durations.histogram().read(List.of());
    }

    private static long count(Sample.Distribution read) {
        return Arrays.stream(read.counts()).sum();
    }

    private boolean take(long nanos) {
        long begun = durations.begin();
        clock.advanceNanos(nanos);
        durations.end(begun);
        return begun != SampledDurations.NOT_MEASURED;
    }

    private int measuredOf(int times) {
        return (int) IntStream.range(0, times).filter(i -> take(0)).count();
    }

    @Test
    void of_what_is_rare_everything_is_measured() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(take(2 * MILLI)).isTrue();
        }
        assertThat(read().counts()).containsExactly(0, 10_000, 0);
        assertThat(read().sum()).isCloseTo(20, within(0.000_1));
    }

    @Test
    void beyond_so_many_of_a_second_one_of_64_is_measured_until_the_second_is_over() {
        assertThat(measuredOf(SampledDurations.ALL_OF)).isEqualTo(SampledDurations.ALL_OF);
        assertThat(measuredOf(64_000)).isBetween(900, 1_100);

        clock.advance(SECOND);
        while (!take(0)) {
            // it is one of those that are measured that sees the second begin
        }
        assertThat(measuredOf(SampledDurations.ALL_OF - 1)).isEqualTo(SampledDurations.ALL_OF - 1);
        assertThat(measuredOf(64_000)).isBetween(900, 1_100);
    }

    @Test
    void what_was_frequent_and_is_rare_is_measured_from_the_next_reading_on() {
        measuredOf(2_000);
        clock.advance(SECOND);
        read();
        assertThat(take(0)).isTrue();
    }

    @Test
    void a_reading_within_the_second_does_not_have_all_measured_again() {
        measuredOf(2_000);
        read();
        assertThat(measuredOf(6_400)).isLessThan(200);
    }

    @Test
    void count_and_sum_are_those_of_all_though_few_are_measured() {
        SplittableRandom length = new SplittableRandom(8);
        long sum = 0;
        long slow = 0;
        int times = 1_000_000;
        for (int i = 0; i < times; i++) {
            // Each second one is as slow as the former are fast: what is taken at equal distances would see one kind.
            long nanos = i % 2 == 0 ? 200 : 2_000 + length.nextInt(1_000);
            nanos += i % 1_000 == 0 ? 5 * MILLI : 0;
            slow += nanos > MILLI ? 1 : 0;
            sum += nanos;
            take(nanos);
        }

        Sample.Distribution read = read();
        assertThat((double) count(read) / times).isCloseTo(1, within(0.03));
        assertThat((double) read.counts()[1] / slow).isCloseTo(1, within(0.5));
        assertThat(read.sum() * 1e9 / sum).isCloseTo(1, within(0.3));
    }

    @Test
    void what_is_under_way_is_exact_while_all_are_measured_and_an_estimate_else() {
        long[] rare = IntStream.range(0, 999).mapToLong(i -> durations.begin()).toArray();
        assertThat(durations.underWay()).isEqualTo(999);
        durations.begin();

        long[] frequent =
                IntStream.range(0, 100_000).mapToLong(i -> durations.begin()).toArray();
        assertThat(durations.underWay()).isBetween(93_000L, 109_000L);

        Arrays.stream(frequent).forEach(durations::end);
        Arrays.stream(rare).forEach(durations::drop);
        assertThat(durations.underWay()).isEqualTo(1);
        assertThat(count(read())).as("what is dropped is no duration").isBetween(92_000L, 108_000L);
    }

    @Test
    void it_makes_no_garbage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SampledDurations system = SampledDurations.ofSystem(MILLI);
        beginAndEnd(system, 20_000);
        long before = threads.getCurrentThreadAllocatedBytes();

        beginAndEnd(system, 100_000);

        // What the compiler and the measurement take is less than a byte each.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    private static void beginAndEnd(SampledDurations system, int times) {
        for (int i = 0; i < times; i++) {
            system.end(system.begin());
        }
    }

    @Test
    void threads_at_a_time_lose_nothing_that_was_begun() throws Exception {
        int threads = 4;
        int each = 200_000;
        SampledDurations shared = SampledDurations.ofSystem(1_000 * MILLI);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(i -> pool.submit(() -> beginAndEnd(shared, each)))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdown();
        }

        assertThat(shared.underWay()).isZero();
        assertThat((double) count(shared.histogram().read(List.of())) / (threads * each))
                .isCloseTo(1, within(0.1));
    }
}
