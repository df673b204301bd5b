package io.seawall.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.stale.Answer;
import io.seawall.resilience.stale.StalePolicy;
import io.seawall.test.FakeClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaffeineAnswersTest {

    private final FakeClock clock = new FakeClock();
    private final CaffeineAnswers answers =
            new CaffeineAnswers(new StalePolicy(Duration.ofSeconds(10), 100, null), clock);

    @Test
    void the_last_answer_to_a_question_is_found() {
        Answer first = new Answer("first", clock.getAsLong());
        Answer none = new Answer(null, clock.getAsLong());

        answers.keep("x", first);
        answers.keep("y", none);

        assertThat(answers.find("x")).isEqualTo(first);
        assertThat(answers.find("y")).isEqualTo(none);
        assertThat(answers.find("z")).isNull();

        answers.keep("x", none);
        assertThat(answers.find("x")).isEqualTo(none);
    }

    @Test
    void an_answer_that_is_too_old_is_forgotten_on_the_clock_that_was_given() {
        answers.keep("x", new Answer("old", clock.getAsLong()));

        clock.advance(Duration.ofSeconds(9));
        assertThat(answers.find("x")).isNotNull();
        clock.advance(Duration.ofSeconds(2));

        assertThat(answers.find("x")).isNull();
    }

    @Test
    void no_more_are_kept_than_the_policy_says() {
        for (int key = 0; key < 10_000; key++) {
            answers.keep(key, new Answer(key, clock.getAsLong()));
        }

        assertThat(IntStream.range(0, 10_000).filter(key -> answers.find(key) != null))
                .hasSizeBetween(1, 100);
    }

    @Test
    void by_another_policy_the_answers_stay_that_it_allows() {
        answers.keep("x", new Answer("old", clock.getAsLong()));

        answers.apply(new StalePolicy(Duration.ofSeconds(30), 100, null));
        clock.advance(Duration.ofSeconds(29));
        assertThat(answers.find("x")).isNotNull();

        answers.apply(new StalePolicy(Duration.ofSeconds(5), 10, null));
        assertThat(answers.find("x")).isNull();
        for (int key = 0; key < 1_000; key++) {
            answers.keep(key, new Answer(key, clock.getAsLong()));
        }
        assertThat(IntStream.range(0, 1_000).filter(key -> answers.find(key) != null))
                .hasSizeBetween(1, 10);
    }
}
