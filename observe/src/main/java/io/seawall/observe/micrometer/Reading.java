package io.seawall.observe.micrometer;

import io.seawall.metrics.Sample;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a meter of Micrometer shows: as it was when it was read last. */
final class Reading {

    private volatile double value;
    private volatile long count;

    /** What Micrometer has made of it; null if it has a meter of that name and those tags from somebody else. */
    io.micrometer.core.instrument.@Nullable Meter meter;

    /** Whether the last reading had it. */
    boolean there;

    void set(Sample sample) {
        there = true;
        if (sample instanceof Sample.Value number) {
            value = number.value();
        } else if (sample instanceof Sample.Distribution distribution) {
            value = distribution.sum();
            count = Arrays.stream(distribution.counts()).sum();
        }
    }

    /** Of a counter or a gauge; of a histogram the sum, in seconds. */
    double value() {
        return value;
    }

    /** Of a histogram. */
    long count() {
        return count;
    }
}
