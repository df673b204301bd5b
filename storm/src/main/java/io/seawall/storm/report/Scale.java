package io.seawall.storm.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** Where a value stands between the foot (0) and the top (1) of a plot, and which values have a line of their own. */
interface Scale {

    /** A value with a line and a word at the edge. */
    record Tick(double value, String label) {}

    double share(double value);

    List<Tick> ticks();

    /** From 0 to a round value that is not below the greatest. */
    static Scale linear(double greatest, int most, DoubleFunction<String> label) {
        double step = roundStep(Math.max(greatest, 1) / most);
        long steps = (long) Math.max(1, Math.ceil(greatest / step - 1e-9));
        double top = steps * step;
        List<Tick> ticks = new ArrayList<>();
        for (int at = 0; at <= steps; at++) {
            ticks.add(new Tick(at * step, label.apply(at * step)));
        }
        return of(value -> value / top, ticks);
    }

    /** By powers of ten. The ends are powers of ten, too. */
    static Scale logarithmic(double least, double greatest, DoubleFunction<String> label) {
        double from = Math.floor(Math.log10(least) + 1e-9);
        double to = Math.max(from + 1, Math.ceil(Math.log10(greatest) - 1e-9));
        List<Tick> ticks = new ArrayList<>();
        for (double exponent = from; exponent <= to; exponent++) {
            double value = Math.pow(10, exponent);
            ticks.add(new Tick(value, label.apply(value)));
        }
        return of(value -> (Math.log10(value) - from) / (to - from), ticks);
    }

    private static double roundStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 5, 10}) {
            if (factor * power >= atLeast - 1e-9) {
                return Math.max(1, factor * power);
            }
        }
        return 10 * power;
    }

    private static Scale of(java.util.function.DoubleUnaryOperator share, List<Tick> ticks) {
        List<Tick> all = List.copyOf(ticks);
        return new Scale() {
            @Override
            public double share(double value) {
                return Math.max(0, Math.min(1, share.applyAsDouble(value)));
            }

            @Override
            public List<Tick> ticks() {
                return all;
            }
        };
    }
}
