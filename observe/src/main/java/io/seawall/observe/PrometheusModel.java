package io.seawall.observe;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;

/** Says in the words of Prometheus what was read. */
final class PrometheusModel {

    private static final String[] NONE = {};

    private PrometheusModel() {}

    static MetricSnapshots of(Collection<MetricFamily> families) {
        List<MetricSnapshot> snapshots = new ArrayList<>(families.size());
        for (MetricFamily family : families) {
            if (!family.samples().isEmpty()) {
                snapshots.add(of(family));
            }
        }
        return new MetricSnapshots(snapshots);
    }

    private static MetricSnapshot of(MetricFamily family) {
        MetricMetadata words = metadata(family.meter());
        return switch (family.meter().kind()) {
            case COUNTER ->
                new CounterSnapshot(
                        words,
                        points(
                                family,
                                (sample, labels) -> new CounterDataPointSnapshot(value(sample), labels, null, 0)));
            case GAUGE ->
                new GaugeSnapshot(
                        words,
                        points(family, (sample, labels) -> new GaugeDataPointSnapshot(value(sample), labels, null)));
            case HISTOGRAM -> new HistogramSnapshot(words, points(family, PrometheusModel::buckets));
        };
    }

    /** A unit is the last word of the name; that a counter is one, the library says itself. */
    private static MetricMetadata metadata(Meter meter) {
        String name = meter.name().replace('.', '_');
        return meter.unit().isEmpty()
                ? new MetricMetadata(name, meter.help())
                : new MetricMetadata(name + "_" + meter.unit(), meter.help(), new Unit(meter.unit()));
    }

    private static <P extends DataPointSnapshot> List<P> points(
            MetricFamily family, BiFunction<Sample, Labels, P> point) {
        String[] keys = family.meter().labels().toArray(NONE);
        List<P> points = new ArrayList<>(family.samples().size());
        for (Sample sample : family.samples()) {
            points.add(point.apply(sample, Labels.of(keys, sample.labelValues().toArray(NONE))));
        }
        return points;
    }

    private static double value(Sample sample) {
        return (double) ((Sample.Value) sample).value();
    }

    private static HistogramDataPointSnapshot buckets(Sample sample, Labels labels) {
        Sample.Distribution distribution = (Sample.Distribution) sample;
        double[] bounds = new double[distribution.bounds().length + 1];
        System.arraycopy(distribution.bounds(), 0, bounds, 0, bounds.length - 1);
        bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(bounds, distribution.counts()),
                distribution.sum(),
                labels,
                Exemplars.EMPTY,
                0);
    }
}
