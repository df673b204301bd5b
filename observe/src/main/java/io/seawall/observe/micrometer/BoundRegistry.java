package io.seawall.observe.micrometer;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.Sample;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The meters in one registry. Micrometer asks each of them for its number, and nobody tells when it begins: so the first one that
 * finds the numbers to be old reads all of them, for all, and sees to it that there is a meter for each. One meter is always there, so
 * that somebody asks. Thread-safe.
 */
final class BoundRegistry {

    private static final Logger LOG = System.getLogger(BoundRegistry.class.getName());

    private static final String SERIES = "seawall.series";
    private static final String APPLICATION = "application";

    /** Longer than it takes to go through all meters, and shorter than it takes until somebody asks again. */
    private static final long AT_MOST_OLD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final MeterRegistry registry;
    private final Supplier<Collection<MetricFamily>> source;
    private final String application;

    /** Held while all is read. Who finds it taken shows what was read before: no scrape waits for another. */
    private final ReentrantLock reading = new ReentrantLock();

    /** By the names and the values of the labels. Guarded by the lock, as everything below that is not volatile. */
    private final Map<String, Map<List<String>, Reading>> readings = new HashMap<>();

    /** Names of metrics of which the log says that the registry does not take them. */
    private final Set<String> told = new HashSet<>();

    private Tags common = Tags.empty();

    private Entrance entrance;
    private volatile Clock clock = Clock.SYSTEM;

    private io.micrometer.core.instrument.@Nullable Meter alwaysThere;
    private volatile long readNanos;
    private volatile int size;
    private volatile boolean over;

    BoundRegistry(MeterRegistry registry, Supplier<Collection<MetricFamily>> source, String application) {
        this.registry = registry;
        this.source = source;
        this.application = application;
        this.entrance = new Entrance.Builders(registry);
    }

    void begin() {
        reading.lock();
        try {
            if (alwaysThere == null) {
                alwaysThere = takeName();
            }
            if (alwaysThere != null) {
                clock = entrance.clock();
                read();
            }
        } finally {
            reading.unlock();
        }
    }

    /**
     * As in JMX: applications may be deployed side by side, also an old and a new one of the same path, and one that comes to a name
     * that is taken gets a number after it.
     */
    private io.micrometer.core.instrument.@Nullable Meter takeName() {
        Set<io.micrometer.core.instrument.Meter.Id> taken = ids();
        io.micrometer.core.instrument.Meter.Id last = null;
        for (int number = 1; ; number++) {
            common = Tags.of(Tag.of(APPLICATION, number == 1 ? application : application + "#" + number));
            if (registry.find(SERIES).tags(common).meter() != null) {
                continue;
            }
            io.micrometer.core.instrument.Meter series = addSeries();
            if (!taken.contains(series.getId())) {
                return series;
            }
            if (series.getId().equals(last)) {
                LOG.log(
                        Level.WARNING,
                        "the metrics of ''{0}'' do not go to {1}: it has those of another application, and its filters leave"
                                + " out the tag ''{2}'', which tells them apart",
                        application,
                        registry,
                        APPLICATION);
                return null;
            }
            last = series.getId();
        }
    }

    /** Finds out how: one that does not come in by builders may come in by another way. */
    private io.micrometer.core.instrument.Meter addSeries() {
        io.micrometer.core.instrument.Meter series = addSeries(entrance);
        if (series != null && !ids().contains(series.getId())) {
            Entrance other = new Entrance.PlainMethods(registry);
            io.micrometer.core.instrument.Meter seriesThere = addSeries(other);
            if (seriesThere != null) {
                entrance = other;
                return seriesThere;
            }
        }
        return Objects.requireNonNull(series); // builders make one in any case
    }

    private io.micrometer.core.instrument.@Nullable Meter addSeries(Entrance by) {
        return by.gauge(SERIES, "Numbers that Seawall shows here.", common, this, BoundRegistry::size);
    }

    private Set<io.micrometer.core.instrument.Meter.Id> ids() {
        Set<io.micrometer.core.instrument.Meter.Id> ids = new HashSet<>();
        for (io.micrometer.core.instrument.Meter known : registry.getMeters()) {
            ids.add(known.getId());
        }
        return ids;
    }

    void end() {
        over = true;
        reading.lock();
        try {
            readings.values().forEach(family -> family.values().forEach(this::remove));
            readings.clear();
            if (alwaysThere != null) {
                remove(alwaysThere);
                alwaysThere = null;
            }
        } finally {
            reading.unlock();
        }
    }

    private int size() {
        readIfOld();
        return size;
    }

    private double value(Reading asked) {
        readIfOld();
        return asked.value();
    }

    private long count(Reading asked) {
        readIfOld();
        return asked.count();
    }

    private void readIfOld() {
        if (over || now() - readNanos < AT_MOST_OLD_NANOS || reading.isHeldByCurrentThread() || !reading.tryLock()) {
            return;
        }
        try {
            if (!over) {
                read();
            }
        } catch (RuntimeException gone) {
            LOG.log(Level.DEBUG, "the application has ended, and with it its meters", gone);
            end();
        } finally {
            reading.unlock();
        }
    }

    private long now() {
        return clock.monotonicTime();
    }

    private void read() {
        readNanos = now();
        readings.values().forEach(family -> family.values().forEach(known -> known.there = false));
        Added added = new Added();
        for (MetricFamily family : source.get()) {
            Map<List<String>, Reading> ofName =
                    readings.computeIfAbsent(family.meter().name(), name -> new HashMap<>());
            for (Sample sample : family.samples()) {
                Reading known = ofName.computeIfAbsent(sample.labelValues(), values -> new Reading());
                known.set(sample);
                if (known.meter == null) {
                    known.meter = added.add(family.meter(), known, sample.labelValues());
                }
            }
        }
        int left = 0;
        for (Map<List<String>, Reading> family : readings.values()) {
            family.values().stream().filter(known -> !known.there).forEach(this::remove);
            family.values().removeIf(known -> !known.there);
            left += family.size();
        }
        size = left;
    }

    private void remove(Reading gone) {
        if (gone.meter != null) {
            remove(gone.meter);
            gone.meter = null;
        }
    }

    /** One that stays keeps no other one from going. */
    private void remove(io.micrometer.core.instrument.Meter gone) {
        try {
            registry.remove(gone);
        } catch (RuntimeException kept) {
            LOG.log(Level.WARNING, registry + " keeps " + gone.getId(), kept);
        }
    }

    /**
     * Puts meters into the registry. One that it has already, by the name and the tags that its filters make of ours, is left alone:
     * it would be taken out twice.
     */
    private final class Added {

        private @Nullable Set<io.micrometer.core.instrument.Meter.Id> taken;

        io.micrometer.core.instrument.@Nullable Meter add(Meter meter, Reading reading, List<String> labelValues) {
            if (taken == null) {
                taken = ids();
            }
            try {
                io.micrometer.core.instrument.Meter made = register(meter, reading, tags(meter.labels(), labelValues));
                return made != null && taken.add(made.getId()) ? made : null;
            } catch (RuntimeException refused) {
                // Its filters are somebody else's code, and all other meters are good.
                if (told.add(meter.name())) {
                    LOG.log(
                            Level.WARNING,
                            "the metric '" + meter.name() + "' of '" + application + "' does not go to " + registry,
                            refused);
                }
                return null;
            }
        }

        private Tags tags(List<String> keys, List<String> values) {
            Tags tags = common;
            for (int i = 0; i < keys.size(); i++) {
                tags = tags.and(Tag.of(keys.get(i), values.get(i)));
            }
            return tags;
        }

        /** The functions hold on to the readings, which Micrometer does not. */
        private io.micrometer.core.instrument.@Nullable Meter register(Meter meter, Reading reading, Tags tags) {
            BoundRegistry bound = BoundRegistry.this;
            return switch (meter.kind()) {
                case COUNTER -> entrance.counter(meter.name(), meter.help(), tags, reading, bound::value);
                case GAUGE -> entrance.gauge(meter.name(), meter.help(), tags, reading, bound::value);
                case HISTOGRAM -> entrance.timer(meter.name(), meter.help(), tags, reading, bound::count, bound::value);
            };
        }
    }
}
