package io.seawall.ratelimit;

import io.seawall.time.DurationText;
import java.time.Duration;

/**
 * One limit: every client may take {@code permits} permits per {@code window}. Immutable; cannot exist wrong.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}; clients see it in the {@code RateLimit} field
 * @param permits how many, 1 to {@value #MAX_PERMITS}
 * @param window per how long, in whole milliseconds, 1 ms to 366 days
 * @param algorithm how it is counted
 */
public record QuotaPolicy(String name, long permits, Duration window, Algorithm algorithm) {

    /** 2^53 - 1: the largest number that Lua, whose numbers are doubles, counts up to without a gap. */
    public static final long MAX_PERMITS = (1L << 53) - 1;

    private static final Duration MIN_WINDOW = Duration.ofMillis(1);
    private static final Duration MAX_WINDOW = Duration.ofDays(366);
    private static final int MAX_NAME_LENGTH = 64;

    public QuotaPolicy {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "limit name '" + name + "' is not allowed: use 1 to 64 letters, digits, '-' or '_'");
        }
        if (permits < 1 || permits > MAX_PERMITS) {
            throw new IllegalArgumentException(
                    "limit '" + name + "' grants " + permits + " permits: use 1 to " + MAX_PERMITS + " (2^53 - 1)");
        }
        if (window.compareTo(MIN_WINDOW) < 0 || window.compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException("limit '" + name + "' has a window of " + window + ": use 1ms to 366d");
        }
        if (window.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException(
                    "limit '" + name + "' has a window of " + window + ": use whole milliseconds");
        }
    }

    long windowMicros() {
        return window.toMillis() * 1000;
    }

    /**
     * The limit as it is written in configuration.
     *
     * @return for example {@code default=100/1m sliding-window}
     */
    @Override
    public String toString() {
        return name + "=" + permits + "/" + DurationText.format(window) + " " + algorithm.text();
    }

    /** Names end up in header fields and Redis keys, so nothing in them may need escaping there. */
    static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            return false;
        }
        return name.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '-'
                        || c == '_');
    }
}
