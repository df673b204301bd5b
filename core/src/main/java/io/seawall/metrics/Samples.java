package io.seawall.metrics;

import java.util.ArrayList;
import java.util.List;

/** Takes the samples of one reading of a metric. Not thread-safe. */
public final class Samples {

    private final Meter meter;
    private final List<String> commonValues;
    private final List<Sample> samples = new ArrayList<>();

    Samples(Meter meter, List<String> commonValues) {
        this.meter = meter;
        this.commonValues = commonValues;
    }

    /**
     * Of a counter or a gauge.
     *
     * @param value what it is now
     * @param labelValues one for each key of the meter, in their order
     * @throws IllegalArgumentException if they are more or fewer than the keys
     */
    public void add(long value, String... labelValues) {
        samples.add(new Sample.Value(withCommon(labelValues), value));
    }

    /**
     * Adds how long something took.
     *
     * @param histogram what was recorded until now
     * @param labelValues one for each label of the meter
     * @throws IllegalArgumentException if there are more or fewer
     */
    public void add(Histogram histogram, String... labelValues) {
        samples.add(histogram.read(withCommon(labelValues)));
    }

    Meter meter() {
        return meter;
    }

    List<Sample> all() {
        return samples;
    }

    private List<String> withCommon(String... labelValues) {
        if (labelValues.length != meter.labels().size()) {
            throw new IllegalArgumentException("metric '" + meter.name() + "' has the labels " + meter.labels()
                    + ", and is given the values " + List.of(labelValues) + ": give one for each");
        }
        if (commonValues.isEmpty()) {
            return List.of(labelValues);
        }
        List<String> all = new ArrayList<>(commonValues.size() + labelValues.length);
        all.addAll(commonValues);
        all.addAll(List.of(labelValues));
        return List.copyOf(all);
    }
}
