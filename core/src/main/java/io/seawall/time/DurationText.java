package io.seawall.time;

import java.time.Duration;

/**
 * Reads and writes a duration as a whole number and a unit: {@code 250ms}, {@code 2s}, {@code 1m}, {@code 12h},
 * {@code 1d}. Stateless and thread-safe.
 */
public final class DurationText {

    /** The most for which even days fit a {@code long} of milliseconds, and far above any sensible setting. */
    private static final int MAX_DIGITS = 11;

    private enum Unit {
        // Longest first: format() takes the first that divides.
        DAYS("d", 86_400_000),
        HOURS("h", 3_600_000),
        MINUTES("m", 60_000),
        SECONDS("s", 1_000),
        MILLIS("ms", 1);

        final String suffix;
        final long millis;

        Unit(String suffix, long millis) {
            this.suffix = suffix;
            this.millis = millis;
        }
    }

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @param text a whole number of at most 11 digits, directly followed by {@code ms}, {@code s}, {@code m}, {@code h}
     *     or {@code d}; white space around it is ignored
     * @return the duration, zero or more
     * @throws IllegalArgumentException if the text is anything else; the message holds the text and the rule
     */
    public static Duration parse(String text) {
        String trimmed = text.strip();
        int digits = 0;
        while (digits < trimmed.length() && isDigit(trimmed.charAt(digits))) {
            digits++;
        }
        if (digits > 0 && digits <= MAX_DIGITS) {
            String suffix = trimmed.substring(digits);
            for (Unit unit : Unit.values()) {
                if (unit.suffix.equals(suffix)) {
                    return Duration.ofMillis(Long.parseLong(trimmed.substring(0, digits)) * unit.millis);
                }
            }
        }
        throw new IllegalArgumentException("'" + trimmed
                + "' is not a duration: write a whole number and a unit (ms, s, m, h, d), for example 250ms, 2s or 1m");
    }

    /**
     * Writes a duration in the largest unit that divides it, so that {@code 60s} and {@code 1m} give the same text.
     *
     * @param duration a duration of whole milliseconds, zero or more
     * @return a text that {@link #parse} reads back
     * @throws IllegalArgumentException if the duration is negative or has a part below one millisecond
     */
    public static String format(Duration duration) {
        if (duration.isNegative() || duration.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException(duration + " has no text form: use whole milliseconds, zero or more");
        }
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0ms";
        }
        for (Unit unit : Unit.values()) {
            if (millis % unit.millis == 0) {
                return millis / unit.millis + unit.suffix;
            }
        }
        throw new AssertionError("one millisecond divides everything");
    }

    /** ASCII only: {@link Character#isDigit} also accepts the digits of other scripts. */
    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
