package io.seawall.storm.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final long SECOND = 1_000_000_000;

    private final Schedule schedule = new Schedule(1_000, Duration.ofSeconds(10), new Random(1));

    @Test
    void the_load_is_the_same_in_every_second() {
        long[] perSecond = new long[30];
        LongStream.range(0, 3_000).forEach(question -> perSecond[(int) (schedule.at(question) / SECOND)]++);

        assertThat(perSecond).containsOnly(100);
    }

    @Test
    void a_later_question_is_asked_later() {
        assertThat(LongStream.range(0, 3_000).map(schedule::at).boxed().toList())
                .isSorted();
    }

    @Test
    void each_client_asks_again_after_the_same_time() {
        IntStream.range(0, 1_000).forEach(client -> {
            assertThat(schedule.client(client)).isEqualTo(schedule.client(client + 1_000));
            assertThat(schedule.at(client + 1_000) - schedule.at(client)).isEqualTo(10 * SECOND);
        });
    }
}
