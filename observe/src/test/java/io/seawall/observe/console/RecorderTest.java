package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.seawall.metrics.Counter;
import io.seawall.metrics.Histogram;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.MetricRegistry;
import io.seawall.observe.console.History.Series;
import io.seawall.test.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private static final Subject BANK = Subject.target("bank");
    private static final Subject POLICY = Subject.policy("limits", "default");

    private final FakeClock clock = new FakeClock();
    private final MetricRegistry registry = new MetricRegistry();
    private final MetricRegistry ofFilter = new MetricRegistry("filter", "limits");
    private final Counter calls = registry.counter(Meter.counter("seawall.calls", "Calls.", "target"), "bank");
    private final Meter decisions = Meter.counter("seawall.limit.decisions", "Decisions.", "policy", "outcome", "by");
    private final Counter byStore = ofFilter.counter(decisions, "default", "refused", "store");
    private final Counter byNode = ofFilter.counter(decisions, "default", "refused", "node");
    private final Histogram durations = new Histogram(1_000_000, 3_000_000, 5_000_000);

    private final Recorder recorder = new Recorder(this::families, clock, () -> Instant.ofEpochMilli(77));

    private Collection<MetricFamily> families() {
        List<MetricFamily> all = new ArrayList<>(registry.families());
        all.addAll(ofFilter.families());
        return all;
    }

    private void pass(Duration time) {
        clock.advance(time);
        recorder.sample();
    }

    private double rate(Subject subject, String key) {
        return recorder.lately().rate(subject, key);
    }

    @Test
    void rates_are_over_the_last_ten_seconds_whenever_one_looks() {
        calls.add(50);
        clock.advance(Duration.ofSeconds(2));
        assertThat(rate(BANK, "seawall.calls")).isEqualTo(25);

        pass(Duration.ofSeconds(3)); // at 5 s
        pass(Duration.ofSeconds(5));
        assertThat(rate(BANK, "seawall.calls")).isEqualTo(5);

        pass(Duration.ofSeconds(5)); // at 15 s
        clock.advance(Duration.ofSeconds(1));
        calls.add(22);
        assertThat(rate(BANK, "seawall.calls")).as("since 11 s ago").isEqualTo(2);
    }

    @Test
    void what_several_have_counted_is_counted_together() {
        byStore.add(10);
        byNode.add(20);
        clock.advance(Duration.ofSeconds(10));
        assertThat(rate(POLICY, "seawall.limit.decisions refused")).isEqualTo(3);
    }

    @Test
    void no_time_is_no_rate_and_what_is_not_there_is_nothing() {
        calls.add(5);
        assertThat(rate(BANK, "seawall.calls")).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(rate(Subject.target("other"), "seawall.calls")).isZero();
        assertThat(recorder.lately().percentile(BANK, "seawall.attempt.duration", 0.5))
                .isNaN();
    }

    @Test
    void a_count_that_begins_anew_has_counted_what_it_says() {
        Reading before = reading(100, 0);
        Reading after = reading(30, Duration.ofSeconds(10).toNanos());
        assertThat(new Change(before, after).rate(BANK, "seawall.calls")).isEqualTo(3);
    }

    private static Reading reading(long calls, long nanos) {
        MetricRegistry registry = new MetricRegistry();
        registry.counter(Meter.counter("seawall.calls", "Calls.", "target"), "bank")
                .add(calls);
        return Reading.of(registry.families(), nanos);
    }

    @Test
    void percentiles_are_of_the_time_and_interpolated() {
        registry.read(Meter.durations("seawall.attempt.duration", "How long.", "target"), durations, "bank");
        durations.record(400_000);
        pass(Duration.ofSeconds(10));
        for (int i = 0; i < 10; i++) {
            durations.record(2_000_000);
        }
        pass(Duration.ofSeconds(10));

        Change lately = new Change(reading(0, 0), recorder.lately().to());
        assertThat(lately.percentile(BANK, "seawall.attempt.duration", 1.0)).isEqualTo(0.003, within(1e-9));

        durations.record(2_000_000);
        durations.record(2_000_000);
        clock.advance(Duration.ofSeconds(1));
        assertThat(recorder.lately().percentile(BANK, "seawall.attempt.duration", 0.5))
                .as("all of the last time are in the second bucket")
                .isEqualTo(0.002, within(1e-9));

        durations.record(9_000_000);
        assertThat(recorder.lately().percentile(BANK, "seawall.attempt.duration", 0.99))
                .as("above the last bound there is no more to know")
                .isEqualTo(0.005, within(1e-9));
    }

    @Test
    void the_history_has_what_was_in_each_slot_also_when_nobody_has_looked() {
        calls.add(10);
        pass(Duration.ofSeconds(5));
        calls.add(20);
        pass(Duration.ofSeconds(5));
        pass(Duration.ofSeconds(5));

        History.View view = recorder.history().last(History.SLOTS);
        assertThat(view.times()).containsExactly(77L, 77L, 77L);
        Series series = view.series().stream()
                .filter(one -> one.subject().equals(BANK) && one.name().equals("calls"))
                .findFirst()
                .orElseThrow();
        assertThat(series.values()).containsExactly(2f, 4f, 0f);
    }
}
