package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who judges the judge: violations that were planted are found, and what is just allowed is none. */
class InstantsTest {

    private static final int PERMITS = 50;
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final long WINDOW_MICROS = 1_000_000;
    private static final long START = 1_790_000_000_123_456L;

    /** As much as is allowed: all permits at once, and again when the window is over, to the microsecond. */
    private static List<Long> fullWindows(int windows) {
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            micros.addAll(Collections.nCopies(PERMITS, START + i * WINDOW_MICROS));
        }
        return micros;
    }

    @Test
    void as_many_as_are_allowed_are_no_violation() {
        Instants instants = new Instants(fullWindows(7));
        assertThat(instants.mostInAny(WINDOW)).isEqualTo(PERMITS);
        assertThat(instants.inConsecutive(WINDOW, 7)).containsOnly(PERMITS).hasSize(7);
    }

    @Test
    void a_permit_that_comes_a_microsecond_too_early_is_found() {
        List<Long> micros = fullWindows(7);
        micros.set(4 * PERMITS, micros.get(4 * PERMITS) - 1);
        assertThat(new Instants(micros).mostInAny(WINDOW)).isEqualTo(PERMITS + 1);
    }

    @Test
    void a_permit_that_was_granted_twice_is_found() {
        List<Long> micros = fullWindows(7);
        micros.add(micros.get(3 * PERMITS));
        assertThat(new Instants(micros).mostInAny(WINDOW)).isEqualTo(PERMITS + 1);
    }

    @Test
    void a_counter_that_was_lost_in_the_middle_of_a_window_is_found() {
        List<Long> micros = fullWindows(7);
        micros.addAll(Collections.nCopies(PERMITS, START + 7 * WINDOW_MICROS / 2));
        assertThat(new Instants(micros).mostInAny(WINDOW)).isEqualTo(2 * PERMITS);
    }

    @Test
    void a_window_that_was_not_filled_is_found() {
        List<Long> micros = fullWindows(7);
        micros.subList(2 * PERMITS, 2 * PERMITS + 10).clear();
        assertThat(new Instants(micros).inConsecutive(WINDOW, 7))
                .containsExactly(PERMITS, PERMITS, PERMITS - 10, PERMITS, PERMITS, PERMITS, PERMITS);
    }

    @Test
    void nodes_may_tell_in_any_order() {
        Property.holds(200, random -> {
            List<Long> micros = new ArrayList<>();
            int count = 1 + random.nextInt(80);
            for (int i = 0; i < count; i++) {
                micros.add(START + random.nextLong(1 + random.nextLong(10 * WINDOW_MICROS)));
            }
            assertThat(new Instants(micros).mostInAny(WINDOW)).isEqualTo(countedOneByOne(micros));
        });
    }

    private static int countedOneByOne(List<Long> micros) {
        int most = 0;
        for (long begin : micros) {
            int inside = 0;
            for (long micro : micros) {
                if (micro >= begin && micro < begin + WINDOW_MICROS) {
                    inside++;
                }
            }
            most = Math.max(most, inside);
        }
        return most;
    }
}
