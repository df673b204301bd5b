package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.observe.console.History.Series;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History();

    private static double[] calls(double rate) {
        return new double[] {rate, 0, 0, Double.NaN};
    }

    private float[] callsOf(String target, int slots) {
        return history.last(slots).series().stream()
                .filter(series -> series.subject().equals(Subject.target(target))
                        && series.name().equals("calls"))
                .map(Series::values)
                .findFirst()
                .orElse(new float[0]);
    }

    @Test
    void it_has_a_quarter_of_an_hour_and_forgets_what_is_older() {
        for (int slot = 0; slot < History.SLOTS + 5; slot++) {
            history.add(1_000L * slot, Map.of(Subject.target("bank"), calls(slot)));
        }

        History.View all = history.last(History.SLOTS);
        assertThat(all.times()).hasSize(180).startsWith(5_000L).endsWith(184_000L);
        assertThat(callsOf("bank", History.SLOTS)).startsWith(5f).endsWith(184f);
        assertThat(callsOf("bank", 2)).containsExactly(183f, 184f);
    }

    @Test
    void one_who_knows_a_slot_is_given_those_after_it() {
        assertThat(history.slotsSince(Long.MIN_VALUE)).isZero();
        for (int slot = 1; slot <= 4; slot++) {
            history.add(1_000L * slot, Map.of());
        }
        assertThat(history.slotsSince(Long.MIN_VALUE)).isEqualTo(4);
        assertThat(history.slotsSince(3_000)).isEqualTo(1);
        assertThat(history.slotsSince(2_999)).isEqualTo(2);
        assertThat(history.slotsSince(4_000)).isZero();
    }

    @Test
    void what_was_not_there_has_gaps_and_goes_when_all_of_it_are() {
        history.add(1, Map.of(Subject.target("bank"), calls(1)));
        history.add(2, Map.of());
        history.add(3, Map.of(Subject.target("bank"), calls(3)));
        assertThat(callsOf("bank", 4)).containsExactly(1f, Float.NaN, 3f);

        for (int slot = 0; slot < History.SLOTS; slot++) {
            history.add(4 + slot, Map.of());
        }
        assertThat(history.last(1).series()).isEmpty();
    }

    @Test
    void of_a_thousand_targets_those_that_are_called_have_the_places() {
        Map<Subject, double[]> idle = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            idle.put(Subject.target("target-" + i), calls(0));
        }
        history.add(1, idle);
        assertThat(history.last(1).series()).hasSize(History.MAX_TARGETS * 4);
        assertThat(history.last(1).leftOut()).isEqualTo(800);

        idle.put(Subject.target("target-999"), calls(7));
        history.add(2, idle);
        assertThat(callsOf("target-999", 2)).containsExactly(Float.NaN, 7f);
        assertThat(callsOf("target-0", 2)).as("an idle one has given its place").isEmpty();
        assertThat(history.last(1).series()).hasSize(History.MAX_TARGETS * 4);

        Map<Subject, double[]> busy = new LinkedHashMap<>();
        idle.keySet().forEach(target -> busy.put(target, calls(1)));
        history.add(3, busy);
        assertThat(history.last(1).series()).hasSize(History.MAX_TARGETS * 4);
        assertThat(callsOf("target-999", 1)).as("a busy one keeps its place").containsExactly(1f);
    }

    @Test
    void a_clock_that_is_set_back_does_not_stop_the_history() {
        for (int slot = 0; slot < 3; slot++) {
            history.add(3_600_000 + 5_000L * slot, Map.of(Subject.target("bank"), calls(slot)));
        }

        history.add(5_000, Map.of(Subject.target("bank"), calls(3)));

        History.View all = history.last(History.SLOTS);
        assertThat(all.times()).as("an hour earlier, all of them").containsExactly(-10_000L, -5_000L, 0L, 5_000L);
        assertThat(callsOf("bank", 4)).containsExactly(0f, 1f, 2f, 3f);
        assertThat(history.slotsSince(3_610_000))
                .as("one who knows the time before is told everything anew")
                .isEqualTo(4);
        assertThat(history.slotsSince(5_000)).isZero();
    }

    @Test
    void a_policy_that_only_refuses_is_not_idle() {
        Map<Subject, double[]> policies = new LinkedHashMap<>();
        for (int i = 0; i < History.MAX_POLICIES; i++) {
            policies.put(Subject.policy("limits", "policy-" + i), new double[] {0, 0, 0});
        }
        history.add(1, policies);

        policies.put(Subject.policy("limits", "closed"), new double[] {0, 7, 0});
        history.add(2, policies);

        assertThat(history.last(1).series())
                .filteredOn(series -> series.subject().name().equals("closed"))
                .hasSize(3);
    }

    @Test
    void texts_of_slots_that_are_over_are_not_kept() {
        HistoryText text = new HistoryText(history);
        history.add(1, Map.of());
        byte[] first = text.since(Long.MIN_VALUE);
        text.dropOld();
        assertThat(text.since(Long.MIN_VALUE)).isSameAs(first);

        history.add(2, Map.of());
        text.dropOld();
        assertThat(text.kept()).isZero();
    }
}
