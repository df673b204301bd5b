package io.seawall.storm.report;

import java.util.Arrays;

/**
 * Where a second and a value lie in a plot: values have their words at the left, seconds theirs below.
 *
 * @param seconds how many there are
 * @param scale of the values
 * @param height of the whole plot
 */
record Frame(int seconds, Scale scale, double height) {

    static final int WIDTH = 360;
    static final double LEFT = 54;
    static final double RIGHT = WIDTH - 8;
    static final double TOP = 22;

    private static final double FOOT = 22;

    double bottom() {
        return height - FOOT;
    }

    double x(double second) {
        return LEFT + (RIGHT - LEFT) * second / Math.max(1, seconds);
    }

    double y(double value) {
        return bottom() - (bottom() - TOP) * scale.share(value);
    }

    /** Of one value a second; {@link Double#NaN} is a gap. */
    double[] heights(double[] values) {
        return Arrays.stream(values)
                .map(value -> Double.isNaN(value) ? Double.NaN : y(value))
                .toArray();
    }

    /** The one that lies there, or the nearest. */
    int second(double x) {
        return Math.max(0, Math.min(seconds - 1, (int) ((x - LEFT) / (RIGHT - LEFT) * seconds)));
    }
}
