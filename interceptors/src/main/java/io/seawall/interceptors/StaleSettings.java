package io.seawall.interceptors;

import io.seawall.resilience.stale.StalePolicy;
import io.seawall.time.DurationText;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Reads how old an answer may be, and whether the method has answers that can be given again. */
final class StaleSettings {

    /** Enough for what is asked for all the time; more is for who knows how large his answers are. */
    static final int MAX_ENTRIES = 1000;

    private static final List<Class<?>> FOR_ONE_USE =
            List.of(AutoCloseable.class, Iterator.class, Enumeration.class, Future.class);

    private StaleSettings() {}

    /**
     * Null where no stale answers are wanted, and for a method without answers if they are wanted of others too: of all methods
     * of a class, or from outside of all of a target.
     */
    static @Nullable StalePolicy read(Members members, Stale stale, MethodResult result, boolean ofClass) {
        Duration maxAge = members.duration("stale.maxAge", stale.maxAge());
        int maxEntries = members.number("stale.maxEntries", stale.maxEntries());
        Duration softDeadline = members.duration("stale.softDeadline", stale.softDeadline());
        return members.<@Nullable StalePolicy>check("stale", () -> {
            if (maxAge != null
                    && result.type() == Void.class
                    && (ofClass || stale.maxAge().isBlank())) {
                return null;
            }
            if (maxAge != null) {
                requireAnswers(result);
                return new StalePolicy(maxAge, maxEntries, softDeadline);
            }
            // From outside, all of it can be switched off by its age alone.
            if (stale.maxAge().isBlank() && (maxEntries != MAX_ENTRIES || softDeadline != null)) {
                throw new IllegalArgumentException((softDeadline == null
                                ? "maxEntries is " + maxEntries
                                : "softDeadline is " + DurationText.format(softDeadline))
                        + ", and without maxAge no answer is kept: say how old one may be");
            }
            return null;
        });
    }

    private static void requireAnswers(MethodResult result) {
        if (result.type() == Void.class) {
            throw new IllegalArgumentException(
                    "the method returns nothing that could be given again: leave maxAge out, and use a fallback");
        }
        for (Class<?> once : FOR_ONE_USE) {
            if (once.isAssignableFrom(result.type())) {
                throw new IllegalArgumentException(
                        "the method returns " + result.type().getName()
                                + ", of which an object can be used once and not be given again: return what it holds, or"
                                + " leave maxAge out");
            }
        }
    }
}
