package io.seawall.storm.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Second CALM = second(100, 100, 100, 0);
    private static final Second DOWN = second(100, 300, 0, 0);

    @Test
    void the_load_on_the_backend_is_compared_with_what_was_offered_before_the_outage() {
        Figures figures = Figures.of(run(
                2,
                4,
                second(90, 90, 90, 0),
                second(110, 110, 110, 0),
                second(150, 640, 0, 0),
                second(50, 200, 0, 0),
                second(100, 999, 100, 0)));

        assertThat(figures.offered()).isEqualTo(100);
        assertThat(figures.peakAmplification()).as("999 came after the outage").isEqualTo(6.4);
        assertThat(figures.meanAmplification()).isEqualTo(4.2);
    }

    @Test
    void goodput_is_fresh_answers_a_second_before_during_and_after() {
        Figures figures =
                Figures.of(run(1, 3, CALM, second(100, 0, 10, 90), second(100, 0, 30, 0), second(100, 0, 80, 20)));

        assertThat(figures.goodputBefore()).isEqualTo(100);
        assertThat(figures.goodputDuring()).isEqualTo(20);
        assertThat(figures.goodputAfter()).isEqualTo(80);
    }

    @Test
    void degraded_answers_are_success_too_in_the_outage() {
        Figures figures = Figures.of(run(1, 3, CALM, second(100, 0, 10, 80), second(100, 0, 0, 100)));

        assertThat(figures.successDuring()).isEqualTo(0.95, within(1e-12));
    }

    @Test
    void recovers_with_the_first_second_from_which_every_window_of_three_is_good() {
        assertThat(recovery(CALM, CALM, CALM)).hasValue(0);
        assertThat(recovery(DOWN, DOWN, CALM, CALM, CALM, CALM)).hasValue(2);
        assertThat(recovery(second(100, 0, 99, 0), CALM, CALM))
                .as("99.67 % of three seconds")
                .hasValue(0);
        assertThat(recovery(second(100, 0, 97, 0), CALM, CALM))
                .as("99 % is not above 99 %")
                .isEmpty();
    }

    @Test
    void a_relapse_undoes_a_recovery() {
        assertThat(recovery(CALM, CALM, CALM, CALM, DOWN, CALM, CALM, CALM)).hasValue(5);
        assertThat(recovery(CALM, CALM, CALM, CALM, DOWN)).isEmpty();
    }

    @Test
    void never_recovers_if_that_is_not_seen() {
        assertThat(recovery()).isEmpty();
        assertThat(recovery(CALM, CALM)).as("two seconds are no window").isEmpty();
        assertThat(recovery(DOWN, DOWN, DOWN, DOWN)).isEmpty();
        Second silence = second(0, 0, 0, 0);
        assertThat(recovery(silence, silence, silence)).as("nobody asked").isEmpty();
    }

    @Test
    void degraded_answers_are_told_apart_in_recovery() {
        Second stale = second(100, 0, 0, 100);
        Figures figures = Figures.of(run(1, 2, CALM, stale, stale, stale, CALM, CALM, CALM));

        assertThat(figures.secondsToRecover()).hasValue(0);
        assertThat(figures.secondsToFresh()).hasValue(2);
    }

    @Test
    void what_has_nothing_to_be_computed_from_is_not_a_number() {
        Figures unknown = Figures.of(run(0, 1, DOWN));

        assertThat(unknown.offered()).isNaN();
        assertThat(unknown.peakAmplification()).isNaN();
        assertThat(unknown.meanAmplification()).isNaN();
        assertThat(unknown.goodputBefore()).isNaN();
        assertThat(unknown.goodputAfter()).isNaN();
        assertThat(unknown.successDuring()).isZero();

        Second silence = second(0, 7, 0, 0);
        Figures silent = Figures.of(run(1, 2, silence, silence));
        assertThat(silent.peakAmplification()).as("7 of nothing").isNaN();
        assertThat(silent.successDuring()).isNaN();
    }

    private static java.util.OptionalInt recovery(Second... after) {
        List<Second> all = new ArrayList<>(List.of(CALM, DOWN));
        all.addAll(List.of(after));
        return Figures.of(run(1, 2, all.toArray(Second[]::new))).secondsToRecover();
    }

    private static Run run(int outageFrom, int outageTo, Second... seconds) {
        List<Second> numbered = new ArrayList<>();
        for (Second one : seconds) {
            numbered.add(new Second(
                    numbered.size(),
                    one.offered(),
                    one.sent(),
                    one.backend(),
                    one.fresh(),
                    one.degraded(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0));
        }
        return new Run("some", "Some", "Something.", outageFrom, outageTo, numbered, 0);
    }

    private static Second second(long offered, long backend, long fresh, long degraded) {
        return new Second(0, offered, offered, backend, fresh, degraded, 0, 0, 0, 0, 0, 0, 0);
    }
}
