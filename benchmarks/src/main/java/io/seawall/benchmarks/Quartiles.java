package io.seawall.benchmarks;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** Where the middle of many runs lies and how wide it is: a stray run moves neither. */
public final class Quartiles {

    private final double[] sorted;

    /**
     * Takes what was measured.
     *
     * @param values in any order, at least one
     */
    public Quartiles(DoubleStream values) {
        sorted = values.sorted().toArray();
    }

    /**
     * The middle and the width.
     *
     * @param format of one value, for example {@code %5.0f ms}
     * @return one line
     */
    public String text(String format) {
        return String.format(
                Locale.ROOT,
                "median " + format + ", half of the runs " + format + " to " + format,
                quantile(0.5),
                quantile(0.25),
                quantile(0.75));
    }

    /**
     * The middle and the width, in short.
     *
     * @param format of one value
     * @return for example {@code 5.1 (4.9 to 5.3)}
     */
    public String cell(String format) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                quantile(0.5),
                quantile(0.25),
                quantile(0.75));
    }

    /**
     * The middle.
     *
     * @param format of one value
     * @return the value
     */
    public String middle(String format) {
        return String.format(Locale.ROOT, format, quantile(0.5));
    }

    /**
     * The middle.
     *
     * @return the value
     */
    public double middle() {
        return quantile(0.5);
    }

    private double quantile(double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
