package io.seawall.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The metrics of one owner, such as a filter: gone when their owner is. Filled when that begins, read whenever somebody looks.
 * Thread-safe.
 */
public final class MetricRegistry {

    /**
     * Begins the names of the attributes of a servlet context in which owners leave their registries: the name of the owner
     * follows. Who shows metrics looks for all of them.
     */
    public static final String ATTRIBUTE_PREFIX = "io.seawall.metrics.";

    /** One way to read a metric, or a part of it. */
    private record Source(Meter meter, Consumer<Samples> read) {}

    private final List<String> commonKeys;
    private final List<String> commonValues;
    private final List<Source> sources = new CopyOnWriteArrayList<>();

    /** By name; and the values of those labels that were given with a number. Guarded by their own monitor. */
    private final Map<String, Meter> meters = new TreeMap<>();

    private final Set<List<String>> fixed = new HashSet<>();

    /** Without labels of its own. */
    public MetricRegistry() {
        this.commonKeys = List.of();
        this.commonValues = List.of();
    }

    /**
     * With a label that tells its owner from others of the kind.
     *
     * @param key of the label, which all its metrics have before their own
     * @param value of the label
     */
    public MetricRegistry(String key, String value) {
        this.commonKeys = List.of(key);
        this.commonValues = List.of(value);
    }

    /**
     * A counter, which is there with 0 from now on.
     *
     * @param meter what it counts
     * @param labelValues one for each key of the meter, in their order
     * @return the counter
     * @throws IllegalArgumentException if there is another meter of that name, a counter with these values, or if the values do not
     *     fit the keys
     */
    public Counter counter(Meter meter, String... labelValues) {
        Counter counter = new Counter();
        read(meter, counter::sum, labelValues);
        return counter;
    }

    /**
     * A histogram, which is there with 0 from now on.
     *
     * @param meter what it records
     * @param histogram records it
     * @param labelValues one for each key of the meter, in their order
     * @throws IllegalArgumentException as {@link #counter}
     */
    public void read(Meter meter, Histogram histogram, String... labelValues) {
        add(meter, samples -> samples.add(histogram, labelValues), labelValues);
    }

    /**
     * A number that is read where it is.
     *
     * @param meter what it is
     * @param value asked whenever somebody looks, on the thread of that: short, throws nothing, calls nothing of an application
     * @param labelValues one for each key of the meter, in their order
     * @throws IllegalArgumentException as {@link #counter}
     */
    public void read(Meter meter, LongSupplier value, String... labelValues) {
        add(meter, samples -> samples.add(value.getAsLong(), labelValues), labelValues);
    }

    /**
     * Numbers that are read where they are, of things that come and go.
     *
     * @param meter what they are
     * @param source adds them whenever somebody looks; as above
     * @throws IllegalArgumentException if there is another meter of that name
     */
    public void readAll(Meter meter, Consumer<Samples> source) {
        synchronized (meters) {
            require(meter);
            sources.add(new Source(meter, source));
        }
    }

    /**
     * Everything as it is now. Numbers that belong together may be of slightly different instants.
     *
     * @return one family for each meter, by name
     */
    public List<MetricFamily> families() {
        Map<String, Samples> read = new TreeMap<>();
        for (Source source : sources) {
            Meter meter = source.meter;
            source.read.accept(read.computeIfAbsent(meter.name(), name -> new Samples(meter, commonValues)));
        }
        List<MetricFamily> families = new ArrayList<>(read.size());
        read.values().forEach(samples -> families.add(new MetricFamily(withCommon(samples.meter()), samples.all())));
        return families;
    }

    private void add(Meter meter, Consumer<Samples> source, String... labelValues) {
        synchronized (meters) {
            require(meter);
            new Samples(meter, commonValues).add(0, labelValues); // whether they fit
            List<String> identity = new ArrayList<>(List.of(meter.name()));
            identity.addAll(List.of(labelValues));
            if (!fixed.add(identity)) {
                throw new IllegalArgumentException("metric '" + meter.name() + "' is there twice with the values "
                        + List.of(labelValues) + " of its labels " + meter.labels());
            }
            sources.add(new Source(meter, source));
        }
    }

    private void require(Meter meter) {
        Meter withCommon = withCommon(meter);
        Meter known = meters.putIfAbsent(meter.name(), withCommon);
        if (known != null && !known.equals(withCommon)) {
            throw new IllegalArgumentException(
                    "there are two metrics of one name: " + known + " and " + withCommon + "; give one another name");
        }
    }

    private Meter withCommon(Meter meter) {
        List<String> labels = new ArrayList<>(commonKeys);
        labels.addAll(meter.labels());
        return new Meter(meter.name(), meter.kind(), meter.unit(), meter.help(), labels);
    }
}
