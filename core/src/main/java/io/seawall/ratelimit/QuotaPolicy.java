package io.seawall.ratelimit;

import io.seawall.time.DurationText;
import java.time.Duration;

/**
 * One limit: every client may take {@code permits} permits per {@code window}. Immutable; cannot exist wrong.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}; clients see it in the {@code RateLimit} field
 * @param permits how many, 0 to {@value #MAX_PERMITS}; 0 refuses everything, for one client that is to be kept out
 * @param window per how long, in whole milliseconds, 1 ms to 366 days
 * @param algorithm how it is counted
 * @param burst how many at once after a pause, 1 to {@value #MAX_PERMITS}; for {@link Algorithm#TOKEN_BUCKET} only, elsewhere
 *     it is {@code permits}
 * @param shadow whether it only counts, and never refuses; what it would have refused is told by
 *     {@link Decision.Allowed#shadowRefusals()}
 */
public record QuotaPolicy(String name, long permits, Duration window, Algorithm algorithm, long burst, boolean shadow) {

    /** 2^53 - 1: the largest number that Lua, whose numbers are doubles, counts up to without a gap. */
    public static final long MAX_PERMITS = (1L << 53) - 1;

    private static final Duration MIN_WINDOW = Duration.ofMillis(1);
    private static final Duration MAX_WINDOW = Duration.ofDays(366);
    private static final int MAX_NAME_LENGTH = 64;

    /**
     * Checks that the limit can be counted exactly.
     *
     * @param name see {@link #name}
     * @param permits see {@link #permits}
     * @param window see {@link #window}
     * @param algorithm see {@link #algorithm}
     * @param burst see {@link #burst}
     * @param shadow see {@link #shadow}
     * @throws IllegalArgumentException if a component is out of its range, {@code burst} is not {@code permits} though the
     *     algorithm knows no burst, or permits, window and burst together are too large for whole numbers below 2^53
     */
    public QuotaPolicy {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "limit name '" + name + "' is not allowed: use 1 to 64 letters, digits, '-' or '_'");
        }
        if (permits < 0 || permits > MAX_PERMITS) {
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
        if (algorithm == Algorithm.TOKEN_BUCKET) {
            requireBucket(name, permits, window.toMillis() * 1000, burst);
        } else if (burst != permits) {
            throw new IllegalArgumentException("limit '" + name + "' has a burst of " + burst + ", which "
                    + algorithm.text() + " does not know: write token-bucket burst=" + burst + ", or leave it out");
        }
    }

    /**
     * A limit that is enforced, with a burst of all its permits.
     *
     * @param name see {@link #name}
     * @param permits see {@link #permits}
     * @param window see {@link #window}
     * @param algorithm see {@link #algorithm}
     */
    public QuotaPolicy(String name, long permits, Duration window, Algorithm algorithm) {
        this(name, permits, window, algorithm, permits, false);
    }

    private static void requireBucket(String name, long permits, long windowMicros, long burst) {
        if (burst < Math.min(1, permits) || burst > MAX_PERMITS) {
            throw new IllegalArgumentException(
                    "limit '" + name + "' has a burst of " + burst + ": use 1 to " + MAX_PERMITS + " (2^53 - 1)");
        }
        long unit = TokenBucket.unit(permits, windowMicros);
        if (burst > MAX_PERMITS / unit) {
            throw new IllegalArgumentException("limit '" + name + "' cannot be counted exactly: the " + windowMicros
                    + " microseconds of its window and its " + permits + " permits leave " + unit
                    + " parts of a permit, and a burst of " + burst
                    + " of them is beyond 2^53 - 1: use a burst of at most "
                    + MAX_PERMITS / unit + ", or permits that divide the window more evenly");
        }
    }

    /**
     * The same limit with other permits. A burst changes in proportion, rounded down; it is 1 at least, and at most what can be
     * counted exactly.
     *
     * @param newPermits see {@link #permits}
     * @return the limit
     * @throws IllegalArgumentException if the permits are out of their range
     */
    public QuotaPolicy withPermits(long newPermits) {
        long newBurst = algorithm != Algorithm.TOKEN_BUCKET || newPermits <= 0 ? newPermits : burstFor(newPermits);
        return new QuotaPolicy(name, newPermits, window, algorithm, newBurst, shadow);
    }

    private long burstFor(long newPermits) {
        // In the same floating-point operations as in Lua: exact below 2^53, and close enough above.
        long proportional = burst == permits ? newPermits : (long) ((double) burst * newPermits / Math.max(1, permits));
        long mostCounted = MAX_PERMITS / TokenBucket.unit(newPermits, windowMicros());
        return Math.max(1, Math.min(mostCounted, proportional));
    }

    /**
     * The same limit, that only counts.
     *
     * @return the limit in {@link #shadow}
     */
    public QuotaPolicy asShadow() {
        return new QuotaPolicy(name, permits, window, algorithm, burst, true);
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
        return name + "=" + permits + "/" + DurationText.format(window) + " " + algorithm.text()
                + (burst == permits ? "" : " burst=" + burst) + (shadow ? " shadow" : "");
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
