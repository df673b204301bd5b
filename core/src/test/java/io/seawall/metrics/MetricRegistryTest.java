package io.seawall.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricRegistryTest {

    private static final Meter DECISIONS = Meter.counter("seawall.decisions", "Decisions.", "outcome");

    private final MetricRegistry registry = new MetricRegistry();

    @Test
    void a_counter_is_there_with_0_before_anything_is_counted() {
        Counter allowed = registry.counter(DECISIONS, "allowed");
        registry.counter(DECISIONS, "refused");

        assertThat(registry.families())
                .containsExactly(new MetricFamily(
                        DECISIONS,
                        List.of(new Sample.Value(List.of("allowed"), 0), new Sample.Value(List.of("refused"), 0))));

        allowed.increment();
        allowed.add(2);
        assertThat(registry.families().get(0).samples()).contains(new Sample.Value(List.of("allowed"), 3));
    }

    @Test
    void a_number_is_read_when_somebody_looks_and_not_before() {
        List<String> asked = new ArrayList<>();
        registry.readAll(DECISIONS, samples -> {
            asked.add("decisions");
            samples.add(7, "allowed");
        });
        registry.read(Meter.gauge("seawall.clients", "Clients."), () -> {
            asked.add("clients");
            return 3;
        });
        assertThat(asked).isEmpty();

        assertThat(registry.families())
                .extracting(family -> family.meter().name(), MetricFamily::samples)
                .containsExactly(
                        tuple("seawall.clients", List.of(new Sample.Value(List.of(), 3))),
                        tuple("seawall.decisions", List.of(new Sample.Value(List.of("allowed"), 7))));
        assertThat(asked).containsExactly("decisions", "clients");
    }

    @Test
    void what_a_registry_belongs_to_is_the_first_label_of_everything_in_it() {
        MetricRegistry own = new MetricRegistry("filter", "Limits");
        own.counter(DECISIONS, "allowed");
        own.read(Meter.durations("seawall.wait", "Waits."), new Histogram(1));

        assertThat(own.families()).allSatisfy(family -> {
            assertThat(family.meter().labels()).startsWith("filter");
            assertThat(family.samples())
                    .allSatisfy(sample -> assertThat(sample.labelValues()).startsWith("Limits"));
        });
        assertThat(own.families().get(0).samples()).containsExactly(new Sample.Value(List.of("Limits", "allowed"), 0));
        assertThat(own.families().get(1).samples()).singleElement().isInstanceOf(Sample.Distribution.class);
    }

    @Test
    void one_name_is_one_metric() {
        registry.counter(DECISIONS, "allowed");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.counter(Meter.counter("seawall.decisions", "Decisions.", "policy"), "x"))
                .withMessageContaining("seawall.decisions");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.readAll(Meter.gauge("seawall.decisions", "Decisions.", "outcome"), s -> {}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.counter(DECISIONS, "allowed"))
                .withMessageContaining("twice");
    }

    @Test
    void each_label_has_a_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.counter(DECISIONS))
                .withMessageContaining("[outcome]");
        assertThatIllegalArgumentException().isThrownBy(() -> registry.counter(DECISIONS, "allowed", "more"));
    }
}
