package io.seawall.metrics.jmx;

import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.Sample;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Metrics as names and numbers, for those who know no labels. */
public final class FlatMetrics {

    private FlatMetrics() {}

    /**
     * Names with labels, as {@link MetricsMXBean#getMetrics} has them.
     *
     * @param families what was read
     * @return a number for each sample, two for each of a histogram
     */
    public static SortedMap<String, Double> of(Collection<MetricFamily> families) {
        SortedMap<String, Double> flat = new TreeMap<>();
        for (MetricFamily family : families) {
            for (Sample sample : family.samples()) {
                put(flat, family.meter(), sample);
            }
        }
        return flat;
    }

    private static void put(SortedMap<String, Double> flat, Meter meter, Sample sample) {
        String labels = labels(meter.labels(), sample.labelValues());
        if (sample instanceof Sample.Value number) {
            flat.put(meter.name() + labels, (double) number.value());
        } else if (sample instanceof Sample.Distribution distribution) {
            flat.put(meter.name() + ".count" + labels, (double)
                    Arrays.stream(distribution.counts()).sum());
            flat.put(meter.name() + ".sum" + labels, distribution.sum());
        }
    }

    private static String labels(List<String> keys, List<String> values) {
        if (keys.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < keys.size(); i++) {
            text.append(i == 0 ? "" : ",").append(keys.get(i)).append('=').append(values.get(i));
        }
        return text.append('}').toString();
    }
}
