package io.seawall.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.storm.clients.Answer;
import io.seawall.storm.story.Second;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private static final long START = 5_000_000_000L;
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong(START);
    private final Recorder recorder = new Recorder(START, 3, now::get);

    @Test
    void what_came_of_a_question_counts_where_it_was_born_and_requests_where_they_are_sent() {
        recorder.offered(START, START);
        recorder.sent();
        now.set(START + SECOND);
        recorder.sent();
        recorder.arrived();
        recorder.arrived();
        recorder.ended(START, Answer.DEGRADED, START + 2 * SECOND);

        Second born = recorder.told().get(0);
        Second next = recorder.told().get(1);
        assertThat(born.offered()).isEqualTo(1);
        assertThat(born.sent()).isEqualTo(1);
        assertThat(born.degraded()).isEqualTo(1);
        assertThat(born.p99Millis()).isEqualTo(2_000);
        assertThat(next.sent()).isEqualTo(1);
        assertThat(next.backend()).isEqualTo(2);
        assertThat(next.degraded()).isZero();
    }

    @Test
    void each_answer_has_its_place() {
        List<Answer> answers = List.of(Answer.FRESH, Answer.DEGRADED, Answer.LIMITED, Answer.FAILED);
        for (int place = 0; place < answers.size(); place++) {
            for (int times = 0; times <= place; times++) {
                recorder.ended(START, answers.get(place), START);
            }
        }

        Second second = recorder.told().get(0);
        assertThat(second.fresh()).isEqualTo(1);
        assertThat(second.degraded()).isEqualTo(2);
        assertThat(second.limited()).isEqualTo(3);
        assertThat(second.failed()).isEqualTo(4);
    }

    @Test
    void of_the_backend_the_most_that_was_seen_in_a_second_counts() {
        recorder.seen(7, 2);
        recorder.seen(3, 4);
        now.set(START + SECOND);
        recorder.seen(1, 1);

        assertThat(recorder.told().get(0).queued()).isEqualTo(7);
        assertThat(recorder.told().get(0).connectionsInUse()).isEqualTo(4);
        assertThat(recorder.told().get(1).queued()).isEqualTo(1);
    }

    @Test
    void what_is_before_the_run_or_after_it_counts_for_nothing() {
        recorder.offered(START - 1, START + SECOND);
        recorder.offered(START + 3 * SECOND, START + 4 * SECOND);
        now.set(START - 1);
        recorder.sent();
        recorder.arrived();
        now.set(START + 3 * SECOND);
        recorder.arrived();
        recorder.ended(START - 1, Answer.FRESH, START + 1);

        assertThat(recorder.told())
                .hasSize(3)
                .allMatch(second -> second.offered() + second.sent() + second.backend() + second.fresh() == 0);
    }

    @Test
    void how_late_questions_are_asked_is_told_but_for_one_of_a_hundred() {
        assertThat(recorder.lateMillis()).as("without any").isZero();
        for (int i = 0; i < 100; i++) {
            recorder.offered(START + i, START + i + (i == 7 ? SECOND : 3_000_000));
        }

        assertThat(recorder.lateMillis()).isEqualTo(3);
        recorder.offered(START, START + SECOND);
        assertThat(recorder.lateMillis()).as("two of 101").isEqualTo(1_000);
    }

    @Test
    void percentiles_are_those_of_the_nearest_rank() {
        // More than fit in at first, and not in order.
        for (long i = 0; i < 1_000; i++) {
            long millis = i * 7 % 1_000 + 1;
            recorder.ended(START, Answer.FRESH, START + millis * 1_000_000);
        }

        Second second = recorder.told().get(0);
        assertThat(second.p50Millis()).isEqualTo(500);
        assertThat(second.p95Millis()).isEqualTo(950);
        assertThat(second.p99Millis()).isEqualTo(990);
        assertThat(recorder.told().get(1).p99Millis()).as("without any").isZero();
    }
}
