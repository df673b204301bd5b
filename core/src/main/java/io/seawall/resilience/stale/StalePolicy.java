package io.seawall.resilience.stale;

import io.seawall.time.DurationRange;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How old an answer may be, and how many are kept. Immutable; cannot exist wrong.
 *
 * @param maxAge the oldest answer that is given, 1 ms to 7 d in whole milliseconds
 * @param maxEntries for how many different arguments one is kept, 1 to {@value #MAX_ENTRIES}
 * @param softDeadline a call that takes longer than this is answered by the old answer while it goes on, 1 ms to 1 h in whole
 *     milliseconds; null for never
 */
public record StalePolicy(
        Duration maxAge, int maxEntries, @Nullable Duration softDeadline) {

    /** Beyond this it is no answer at hand any more, but a database. */
    public static final int MAX_ENTRIES = 100_000;

    private static final DurationRange AGES = new DurationRange(Duration.ofMillis(1), Duration.ofDays(7));
    private static final DurationRange SOFT_DEADLINES = new DurationRange(Duration.ofMillis(1), Duration.ofHours(1));

    /**
     * Checks age, number and deadline.
     *
     * @param maxAge see {@link #maxAge}
     * @param maxEntries see {@link #maxEntries}
     * @param softDeadline see {@link #softDeadline}
     * @throws IllegalArgumentException if one is out of its range
     */
    public StalePolicy {
        AGES.require("maxAge", maxAge);
        if (maxEntries < 1 || maxEntries > MAX_ENTRIES) {
            throw new IllegalArgumentException("maxEntries is " + maxEntries + ": use 1 to " + MAX_ENTRIES);
        }
        if (softDeadline != null) {
            SOFT_DEADLINES.require("softDeadline", softDeadline);
        }
    }
}
