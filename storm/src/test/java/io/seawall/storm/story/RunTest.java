package io.seawall.storm.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {

    @Test
    void itsSecondsFollowEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(0, 1, quiet(0), quiet(2)))
                .withMessage("run 'calm' has second 2 where second 1 belongs");
    }

    @Test
    void theOutageLiesInsideOfIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(1, 3, quiet(0), quiet(1)))
                .withMessage("run 'calm' has an outage from second 1 to 3, and 2 seconds in all");
    }

    @Test
    void doesNotChangeWithTheListThatItWasMadeOf() {
        List<Second> seconds = new ArrayList<>(List.of(quiet(0), quiet(1)));
        Run run = new Run("calm", "Calm", "Nothing happens.", 0, 1, seconds, 0);
        seconds.clear();

        assertThat(run.seconds()).hasSize(2);
    }

    @Test
    void isFitIfAllWasWellBeforeTheOutage() {
        assertThat(run(3, 4, asked(0, 100), asked(1, 99), asked(2, 50), asked(3, 0))
                        .isFit())
                .as("the outage reaches questions of the second before it")
                .isTrue();
        assertThat(run(3, 4, asked(0, 100), asked(1, 97), asked(2, 100), asked(3, 100))
                        .isFit())
                .isFalse();
        assertThat(run(1, 2, asked(0, 0), asked(1, 0)).isFit()).isTrue();
    }

    @Test
    void isNotFitIfAnswersWereSlowBeforeTheOutage() {
        Second slow = new Second(0, 100, 100, 100, 100, 0, 0, 0, 300, 700, 900, 0, 0);

        assertThat(run(2, 3, slow, asked(1, 100), asked(2, 0)).doubts())
                .containsExactly("before the outage, one answer of twenty took longer than 700 ms");
        assertThat(run(3, 4, slow, asked(1, 100), asked(2, 0), asked(3, 0)).isFit())
                .as("one second of two: 350 ms")
                .isTrue();
    }

    @Test
    void isNotFitIfQuestionsWereAskedLate() {
        List<Second> seconds = List.of(asked(0, 100), asked(1, 0));

        assertThat(new Run("calm", "Calm", "Nothing happens.", 1, 2, seconds, 251).doubts())
                .containsExactly("one question of a hundred was asked more than 251 ms late");
        assertThat(new Run("calm", "Calm", "Nothing happens.", 1, 2, seconds, 249).isFit())
                .isTrue();
        assertThat(new Run("calm", "Calm", "Nothing happens.", 1, 2, seconds, Double.NaN).isFit())
                .as("nobody knows")
                .isTrue();
    }

    private static Second asked(int second, long fresh) {
        return new Second(second, 100, 100, 100, fresh, 0, 0, 100 - fresh, 0, 0, 0, 0, 0);
    }

    private static Run run(int outageFrom, int outageTo, Second... seconds) {
        return new Run("calm", "Calm", "Nothing happens.", outageFrom, outageTo, List.of(seconds), 0);
    }

    private static Second quiet(int second) {
        return new Second(second, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
