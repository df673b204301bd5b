package io.seawall.storm.report;

import java.util.Locale;

/** Numbers as people read them. What is not known is a dash. */
final class Words {

    private static final String UNKNOWN = "–";

    private Words() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String count(double number) {
        return Double.isNaN(number) ? UNKNOWN : String.format(Locale.ROOT, "%,.0f", number);
    }

    /** {@code 6.4 ×}, {@code 1.06 ×}: what is to be compared with 1 has two digits. */
    static String times(double ratio) {
        return Double.isNaN(ratio) ? UNKNOWN : String.format(Locale.ROOT, ratio < 1.995 ? "%.2f ×" : "%.1f ×", ratio);
    }

    /** Rounded down: 100 % is said of all only. */
    static String percent(double ratio) {
        if (Double.isNaN(ratio)) {
            return UNKNOWN;
        }
        double tenths = Math.floor(ratio * 1000 + 1e-9) / 10;
        return tenths == Math.rint(tenths)
                ? String.format(Locale.ROOT, "%.0f %%", tenths)
                : String.format(Locale.ROOT, "%.1f %%", tenths);
    }

    static String millis(double millis) {
        if (Double.isNaN(millis)) {
            return UNKNOWN;
        }
        if (millis < 9.95) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        return millis < 999.5
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }

    static String seconds(int seconds) {
        return seconds + " s";
    }

    /** In a drawing: a tenth of a pixel is enough. */
    static String coordinate(double value) {
        double rounded = Math.rint(value * 10) / 10;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
