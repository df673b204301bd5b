package io.seawall.observe.opentelemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.Sample;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The instruments of one meter, and the callback that records for all of them. A callback may record for those only that it was made
 * with: if there is a new one, the next collection has a new callback. One instrument is always there, so that there is a callback.
 * Thread-safe.
 */
final class BoundMeter {

    private static final Logger LOG = System.getLogger(BoundMeter.class.getName());

    private final Meter meter;
    private final Supplier<Collection<MetricFamily>> source;
    private final String application;
    private final ReentrantLock lock = new ReentrantLock();

    /** By the name of the metric. Guarded by the lock, as everything below. */
    private final Map<String, Instrument> instruments = new HashMap<>();

    /** Names of metrics for which the meter has made no instrument; it is not asked again. */
    private final Set<String> refused = new HashSet<>();

    private @Nullable ObservableLongMeasurement series;
    private @Nullable BatchCallback callback;
    private boolean over;

    BoundMeter(Meter meter, Supplier<Collection<MetricFamily>> source, String application) {
        this.meter = meter;
        this.source = source;
        this.application = application;
    }

    void begin() {
        lock.lock();
        try {
            if (series == null) {
                series = meter.gaugeBuilder("seawall.series")
                        .ofLongs()
                        .setDescription("Numbers that Seawall shows here.")
                        .buildObserver();
                source.get().forEach(this::add);
                listen(series);
            }
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            over = true;
            if (callback != null) {
                callback.close();
                callback = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void listen(ObservableLongMeasurement always) {
        ObservableMeasurement[] all = instruments.values().stream()
                .flatMap(instrument -> instrument.measurements().stream())
                .toArray(ObservableMeasurement[]::new);
        BatchCallback before = callback;
        callback = meter.batchCallback(this::collect, always, all);
        if (before != null) {
            before.close();
        }
    }

    /** Whether there is one more. */
    private boolean add(MetricFamily family) {
        io.seawall.metrics.Meter metric = family.meter();
        if (refused.contains(metric.name())) {
            return false;
        }
        try {
            return instruments.putIfAbsent(metric.name(), Instrument.of(metric, meter)) == null;
        } catch (RuntimeException refusal) {
            refused.add(metric.name());
            LOG.log(
                    Level.WARNING,
                    "the metric '" + metric.name() + "' of '" + application + "' does not go to " + meter,
                    refusal);
            return false;
        }
    }

    private void collect() {
        lock.lock();
        try {
            if (!over && series != null) {
                collect(series);
            }
        } catch (RuntimeException gone) {
            LOG.log(Level.DEBUG, "the application has ended, and with it its metrics", gone);
            end();
        } finally {
            lock.unlock();
        }
    }

    private void collect(ObservableLongMeasurement always) {
        boolean more = false;
        long size = 0;
        for (MetricFamily family : source.get()) {
            Instrument instrument = instruments.get(family.meter().name());
            size += family.samples().size();
            if (instrument == null) {
                more |= add(family);
            } else {
                for (Sample sample : family.samples()) {
                    instrument.record(sample, attributes(family.meter().labels(), sample.labelValues()));
                }
            }
        }
        always.record(size, attributes(List.of(), List.of()));
        if (more) {
            listen(always);
        }
    }

    private Attributes attributes(List<String> keys, List<String> values) {
        AttributesBuilder attributes = Attributes.builder().put("application", application);
        for (int i = 0; i < keys.size(); i++) {
            attributes.put(keys.get(i), values.get(i));
        }
        return attributes.build();
    }
}
