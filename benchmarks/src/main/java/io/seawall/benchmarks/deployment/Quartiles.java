package io.seawall.benchmarks.deployment;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** Where the middle of many runs lies and how wide it is: a stray run moves neither. */
final class Quartiles {

    private final double[] sortedMillis;

    Quartiles(DoubleStream millis) {
        sortedMillis = millis.sorted().toArray();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "median %5.0f ms, half of the runs %5.0f to %5.0f ms",
                quantile(0.5),
                quantile(0.25),
                quantile(0.75));
    }

    private double quantile(double part) {
        double place = part * (sortedMillis.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sortedMillis.length - 1);
        return sortedMillis[below] + (place - below) * (sortedMillis[above] - sortedMillis[below]);
    }
}
