package io.seawall.observe.console;

import io.seawall.metrics.Sample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The numbers of one subject at one instant, each by the name of its metric, with its outcome or state after a space. */
final class Numbers {

    private final Map<String, Long> values = new HashMap<>();
    private final Map<String, Sample.Distribution> distributions = new HashMap<>();

    void add(String key, Sample sample) {
        if (sample instanceof Sample.Value value) {
            values.merge(key, value.value(), Long::sum);
        } else if (sample instanceof Sample.Distribution distribution) {
            distributions.merge(key, distribution, Numbers::together);
        }
    }

    private static Sample.Distribution together(Sample.Distribution one, Sample.Distribution other) {
        if (!Arrays.equals(one.bounds(), other.bounds())) {
            return one;
        }
        long[] counts = one.counts().clone();
        Arrays.setAll(counts, i -> one.counts()[i] + other.counts()[i]);
        return new Sample.Distribution(one.labelValues(), one.bounds(), counts, one.sum() + other.sum());
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** 0 if it is not there. */
    long get(String key) {
        return values.getOrDefault(key, 0L);
    }

    Sample.@Nullable Distribution distribution(String key) {
        return distributions.get(key);
    }

    /** The outcomes or states of a metric, in order, with their numbers. */
    Map<String, Long> byDetail(String meter) {
        Map<String, Long> found = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(meter + " ")) {
                found.put(key.substring(meter.length() + 1), value);
            }
        });
        return found;
    }
}
