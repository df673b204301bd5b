package io.seawall.filter.answer;

import java.util.OptionalLong;
import java.util.function.LongFunction;

/** A refusal in plain words, for people. */
final class RefusalWords {

    private static final int SERVICE_UNAVAILABLE = 503;

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private RefusalWords() {}

    /** What has happened. */
    static String heading(Refusal refusal) {
        return refusal.status() == SERVICE_UNAVAILABLE ? "Service unavailable" : "Too many requests";
    }

    /** What to do now, with the seconds to wait as {@code wait} shows them. */
    static String advice(Refusal refusal, LongFunction<String> wait) {
        OptionalLong seconds = refusal.retryAfterSeconds();
        return seconds.isPresent()
                ? "Please try again in " + wait.apply(seconds.getAsLong()) + "."
                : "Waiting does not help: this request goes beyond what its limits ever allow.";
    }

    /**
     * For example {@code 3 minutes}: one unit, the largest of which there are two, rounded up. Nobody who waits so long comes
     * back too early.
     */
    static String waiting(long seconds) {
        if (seconds < 2 * MINUTE) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        if (seconds < 2 * HOUR) {
            return ceil(seconds, MINUTE) + " minutes";
        }
        return seconds < 2 * DAY ? ceil(seconds, HOUR) + " hours" : ceil(seconds, DAY) + " days";
    }

    private static long ceil(long seconds, long unit) {
        return (seconds - 1) / unit + 1;
    }
}
