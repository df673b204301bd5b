package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.cache.CaffeineAnswers;
import io.seawall.resilience.stale.Answer;
import io.seawall.resilience.stale.StalePolicy;
import io.seawall.test.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Last good answers of a method whose settings are read again. */
class MethodAnswersTest {

    private static final StalePolicy SHORT = new StalePolicy(Duration.ofSeconds(10), 100, null);
    private static final StalePolicy LONG = new StalePolicy(Duration.ofSeconds(100), 100, Duration.ofSeconds(1));

    private final FakeClock clock = new FakeClock();
    private final MethodAnswers first = new MethodAnswers(null);
    private final CaffeineAnswers answers = first.by(SHORT, clock);

    @Test
    void they_go_by_other_settings_only_when_those_are_in_force() {
        answers.keep("a", new Answer("old", clock.getAsLong()));
        MethodAnswers refused = new MethodAnswers(first);
        MethodAnswers next = new MethodAnswers(first);

        assertThat(refused.by(LONG, clock)).isSameAs(answers);
        clock.advance(Duration.ofSeconds(11));
        assertThat(answers.find("a")).isNull();

        answers.keep("b", new Answer("old", clock.getAsLong()));
        assertThat(next.by(LONG, clock)).isSameAs(answers);
        next.begin();
        clock.advance(Duration.ofSeconds(11));
        assertThat(answers.find("b")).isNotNull();
    }

    @Test
    void a_method_that_is_to_keep_none_forgets_them() {
        MethodAnswers none = new MethodAnswers(first);
        none.begin();

        assertThat(new MethodAnswers(none).by(SHORT, clock)).isNotSameAs(answers);
    }
}
