package io.seawall.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Durations, counted by fixed bounds. To record one is two additions; what it was is told to within its two bounds. Thread-safe.
 */
public final class Histogram {

    private static final double NANOS = 1e9;

    /** Upper bounds, each within its own bucket. */
    private final long[] boundsNanos;

    /** One more than there are bounds: the last is for what is beyond all of them. */
    private final LongAdder[] buckets;

    private final LongAdder sumNanos = new LongAdder();

    /**
     * Nothing is recorded yet.
     *
     * @param boundsNanos upper bounds in nanoseconds, at least one, ascending and more than 0
     * @throws IllegalArgumentException if they are anything else
     */
    public Histogram(long... boundsNanos) {
        long last = 0;
        for (long bound : boundsNanos) {
            if (bound <= last) {
                throw new IllegalArgumentException("the bounds are " + Arrays.toString(boundsNanos)
                        + " ns: use at least one, ascending and more than 0");
            }
            last = bound;
        }
        if (last == 0) {
            throw new IllegalArgumentException("there are no bounds: use at least one");
        }
        this.boundsNanos = boundsNanos.clone();
        this.buckets = new LongAdder[boundsNanos.length + 1];
        Arrays.setAll(buckets, i -> new LongAdder());
    }

    /**
     * Records a duration.
     *
     * @param nanos in nanoseconds; less than 0, which a clock should never come to, counts as 0
     */
    public void record(long nanos) {
        record(nanos, 1);
    }

    /** As many values as one stands for. */
    void record(long nanos, int times) {
        int bucket = 0;
        while (bucket < boundsNanos.length && nanos > boundsNanos[bucket]) {
            bucket++;
        }
        buckets[bucket].add(times);
        sumNanos.add(Math.max(0, nanos) * times);
    }

    /** What was recorded. The sum may have, or lack, some of those that are being recorded meanwhile. */
    Sample.Distribution read(List<String> labelValues) {
        double[] bounds = new double[boundsNanos.length];
        Arrays.setAll(bounds, i -> boundsNanos[i] / NANOS);
        long[] counts = new long[buckets.length];
        Arrays.setAll(counts, i -> buckets[i].sum());
        return new Sample.Distribution(labelValues, bounds, counts, sumNanos.sum() / NANOS);
    }
}
