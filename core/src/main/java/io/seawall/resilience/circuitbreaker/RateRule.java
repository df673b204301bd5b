package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.Percent;
import io.seawall.time.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The circuit opens when too large a part of the calls fails, or is slow. Immutable; cannot exist wrong.
 *
 * @param failurePercent the circuit opens when at least this part of the calls has failed, 0 to 100; 0 for no such rule
 * @param slowPercent the circuit opens when at least this part of the calls was slow, 0 to 100; 0 for no such rule. One of the two
 *     is not 0
 * @param slowerThan a call that takes longer than this is slow, 1 ms to 1 h in whole milliseconds; null if and only if
 *     {@code slowPercent} is 0
 * @param minCalls with fewer calls than this, nothing is decided, 1 to {@value #MAX_MIN_CALLS}; or with fewer than there are
 *     places, where the last calls are counted and those are less
 * @param over which calls are counted
 */
public record RateRule(
        int failurePercent, int slowPercent, @Nullable Duration slowerThan, int minCalls, Over over) {

    /** A rule that asks for more calls than this never decides. */
    public static final int MAX_MIN_CALLS = 1_000_000;

    /**
     * Checks the numbers, and that they fit each other.
     *
     * @param failurePercent see {@link #failurePercent}
     * @param slowPercent see {@link #slowPercent}
     * @param slowerThan see {@link #slowerThan}
     * @param minCalls see {@link #minCalls}
     * @param over see {@link #over}
     * @throws IllegalArgumentException if one is out of its range, both parts are 0, or only one of {@code slowPercent} and
     *     {@code slowerThan} is given
     */
    public RateRule {
        Percent.require("failurePercent", failurePercent);
        Percent.require("slowPercent", slowPercent);
        if (failurePercent == 0 && slowPercent == 0) {
            throw new IllegalArgumentException(
                    "failurePercent and slowPercent are both 0: give one of them, or leave the rule out");
        }
        if (slowPercent > 0 && slowerThan == null) {
            throw new IllegalArgumentException(
                    "slowPercent is " + slowPercent + " and slowerThan is not given: say from when on a call is slow");
        }
        if (slowPercent == 0 && slowerThan != null) {
            throw new IllegalArgumentException(
                    "slowerThan is given and slowPercent is 0: say how many slow calls are too many");
        }
        if (slowerThan != null) {
            FailureRule.TIMES.require("slowerThan", slowerThan);
        }
        if (minCalls < 1 || minCalls > MAX_MIN_CALLS) {
            throw new IllegalArgumentException("minCalls is " + minCalls + ": use 1 to " + MAX_MIN_CALLS);
        }
    }

    /** For people: as {@code 50 % fail of 20 calls or more within 30s}. */
    String words() {
        List<String> parts = new ArrayList<>();
        if (failurePercent > 0) {
            parts.add(failurePercent + " % fail");
        }
        if (slowerThan != null) {
            parts.add(slowPercent + " % take longer than " + DurationText.format(slowerThan));
        }
        return String.join(" or ", parts) + " of " + minCalls + " calls or more "
                + (over instanceof Over.Calls calls
                        ? "among the last " + calls.last()
                        : "within " + DurationText.format(((Over.Time) over).window()));
    }
}
