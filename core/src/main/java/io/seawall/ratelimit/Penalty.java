package io.seawall.ratelimit;

import io.seawall.time.DurationText;
import java.time.Duration;

/**
 * What becomes of clients that go on asking after they were refused: a ban, in which every request is refused, for a time that
 * doubles from ban to ban. A client that stays away for {@code longestBan} after a ban begins anew. Immutable.
 *
 * @param refusals how many within {@code within} lead to a ban, 1 to 1,000,000
 * @param within counted from the first of them, in whole milliseconds, 1 ms to 1 day
 * @param firstBan how long the first ban is, in whole milliseconds, 1 ms to 366 days
 * @param longestBan how long a ban can grow, {@code firstBan} to 366 days
 */
public record Penalty(long refusals, Duration within, Duration firstBan, Duration longestBan) {

    private static final long MAX_REFUSALS = 1_000_000;
    private static final Duration MAX_WITHIN = Duration.ofDays(1);
    private static final Duration MAX_BAN = Duration.ofDays(366);
    private static final String GRAMMAR = "write refusals/time ban first..longest, for example 20/1m ban 1m..1h";

    /**
     * Checks number and times.
     *
     * @param refusals see {@link #refusals}
     * @param within see {@link #within}
     * @param firstBan see {@link #firstBan}
     * @param longestBan see {@link #longestBan}
     * @throws IllegalArgumentException if one is out of its range, or {@code longestBan} is shorter than {@code firstBan}
     */
    public Penalty {
        if (refusals < 1 || refusals > MAX_REFUSALS) {
            throw new IllegalArgumentException(
                    "a penalty after " + refusals + " refusals is not allowed: use 1 to " + MAX_REFUSALS);
        }
        requireRange("counts refusals within", within, MAX_WITHIN);
        requireRange("begins with a ban of", firstBan, MAX_BAN);
        requireRange("ends with a ban of", longestBan, MAX_BAN);
        if (longestBan.compareTo(firstBan) < 0) {
            throw new IllegalArgumentException("a penalty whose longest ban of " + DurationText.format(longestBan)
                    + " is shorter than its first of " + DurationText.format(firstBan) + ": swap them");
        }
    }

    private static void requireRange(String what, Duration duration, Duration max) {
        if (duration.compareTo(Duration.ofMillis(1)) < 0
                || duration.compareTo(max) > 0
                || duration.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException("a penalty " + what + " " + duration
                    + ": use whole milliseconds, 1ms to " + DurationText.format(max));
        }
    }

    /**
     * Reads {@code refusals/time ban first..longest}, for example {@code 20/1m ban 1m..1h}: after 20 refusals within a minute, a
     * ban of one minute, then of two, four, and so on, up to an hour.
     *
     * @param text the penalty
     * @return the penalty
     * @throws IllegalArgumentException if the text does not follow the grammar or a number is out of its range
     */
    public static Penalty parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        int slash = words[0].indexOf('/');
        int dots = words.length == 3 ? words[2].indexOf("..") : -1;
        if (slash < 0 || dots < 0 || !words[1].equals("ban")) {
            throw new IllegalArgumentException("'" + text + "' is not a penalty: " + GRAMMAR);
        }
        String refusals = words[0].substring(0, slash);
        if (refusals.isEmpty() || refusals.length() > 18 || !refusals.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("'" + refusals + "' is not a number of refusals: " + GRAMMAR);
        }
        return new Penalty(
                Long.parseLong(refusals),
                DurationText.parse(words[0].substring(slash + 1)),
                DurationText.parse(words[2].substring(0, dots)),
                DurationText.parse(words[2].substring(dots + 2)));
    }

    /**
     * The penalty as it is written in configuration.
     *
     * @return for example {@code 20/1m ban 1m..1h}
     */
    @Override
    public String toString() {
        return refusals + "/" + DurationText.format(within) + " ban " + DurationText.format(firstBan) + ".."
                + DurationText.format(longestBan);
    }
}
