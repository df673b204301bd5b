package io.seawall.observe.opentelemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import io.seawall.metrics.Sample;
import java.util.Arrays;
import java.util.List;

/** What OpenTelemetry has for one metric of ours. */
sealed interface Instrument {

    /** Those that a callback must be made for. */
    List<ObservableMeasurement> measurements();

    void record(Sample sample, Attributes attributes);

    static Instrument of(io.seawall.metrics.Meter metric, Meter meter) {
        return switch (metric.kind()) {
            case COUNTER ->
                new Plain(meter.counterBuilder(metric.name())
                        .setDescription(metric.help())
                        .buildObserver());
            case GAUGE ->
                new Plain(meter.gaugeBuilder(metric.name())
                        .ofLongs()
                        .setDescription(metric.help())
                        .buildObserver());
            case HISTOGRAM ->
                new Durations(
                        meter.counterBuilder(metric.name() + ".count")
                                .setDescription(metric.help())
                                .buildObserver(),
                        meter.counterBuilder(metric.name() + ".sum")
                                .ofDoubles()
                                .setUnit("s")
                                .setDescription(metric.help())
                                .buildObserver());
        };
    }

    /** A counter or a gauge. */
    record Plain(ObservableLongMeasurement value) implements Instrument {

        @Override
        public List<ObservableMeasurement> measurements() {
            return List.of(value);
        }

        @Override
        public void record(Sample sample, Attributes attributes) {
            value.record(((Sample.Value) sample).value(), attributes);
        }
    }

    /** What is left of a histogram. */
    record Durations(ObservableLongMeasurement count, ObservableDoubleMeasurement sum) implements Instrument {

        @Override
        public List<ObservableMeasurement> measurements() {
            return List.of(count, sum);
        }

        @Override
        public void record(Sample sample, Attributes attributes) {
            Sample.Distribution distribution = (Sample.Distribution) sample;
            count.record(Arrays.stream(distribution.counts()).sum(), attributes);
            sum.record(distribution.sum(), attributes);
        }
    }
}
