package io.seawall.observe.console;

import io.seawall.metrics.Sample;
import java.util.concurrent.TimeUnit;

/**
 * What has happened between two readings.
 *
 * @param from the earlier one
 * @param to the later one
 */
record Change(Reading from, Reading to) {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How often something was counted, per second; 0 if no time has passed. */
    double rate(Subject subject, String key) {
        double seconds = (to.nanos() - from.nanos()) / NANOS;
        return seconds <= 0
                ? 0
                : since(from.of(subject).get(key), to.of(subject).get(key)) / seconds;
    }

    /** The same for all outcomes of a metric. */
    double rateOfAll(Subject subject, String meter) {
        double sum = 0;
        for (String detail : to.of(subject).byDetail(meter).keySet()) {
            sum += rate(subject, Meters.of(meter, detail));
        }
        return sum;
    }

    /**
     * What so large a part of the durations was not longer than, in seconds: interpolated within a bucket, and the last bound for
     * those that are above it. Not a number if there were none.
     */
    double percentile(Subject subject, String meter, double part) {
        Sample.Distribution now = to.of(subject).distribution(meter);
        if (now == null) {
            return Double.NaN;
        }
        Sample.Distribution before = from.of(subject).distribution(meter);
        long[] counts = now.counts().clone();
        if (before != null && before.counts().length == counts.length) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] = since(before.counts()[i], counts[i]);
            }
        }
        return percentile(now.bounds(), counts, part);
    }

    private static double percentile(double[] bounds, long[] counts, double part) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        double rank = part * all;
        double below = 0;
        for (int i = 0; i < bounds.length && all > 0; i++) {
            if (counts[i] > 0 && below + counts[i] >= rank) {
                double lower = i == 0 ? 0 : bounds[i - 1];
                return lower + (bounds[i] - lower) * (rank - below) / counts[i];
            }
            below += counts[i];
        }
        return all == 0 ? Double.NaN : bounds[bounds.length - 1];
    }

    /** A counter that has begun anew has counted what it says. */
    private static long since(long before, long now) {
        return now < before ? now : now - before;
    }
}
