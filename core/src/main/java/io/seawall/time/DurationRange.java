package io.seawall.time;

import java.time.Duration;

/**
 * The durations that a setting may have. Whole milliseconds only: others have no text form, and a message about one would
 * fail in its place.
 *
 * @param least the shortest, in whole milliseconds
 * @param most the longest, in whole milliseconds
 */
public record DurationRange(Duration least, Duration most) {

    /**
     * Checks a setting.
     *
     * @param name of the setting, for the message
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException if it is out of the range or has a part below one millisecond
     */
    public Duration require(String name, Duration value) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + value.toMillis() + "ms: use "
                    + DurationText.format(least) + " to " + DurationText.format(most));
        }
        if (value.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException(name + " is " + value + ": use whole milliseconds");
        }
        return value;
    }
}
