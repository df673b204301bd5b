package io.seawall.interceptors;

import io.seawall.interceptors.GuardedMethods.Guarded;
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

    /** By name: not every server has them. */
    private static final List<String> OF_ONE_CLIENT = List.of(
            "jakarta.enterprise.context.SessionScoped",
            "jakarta.enterprise.context.ConversationScoped",
            "jakarta.faces.view.ViewScoped",
            "jakarta.faces.flow.FlowScoped",
            "jakarta.ejb.Stateful");

    private StaleSettings() {}

    /**
     * Null where no stale answers are wanted, and for a method without answers if they are wanted of others too: of all methods
     * of a class, or from outside of all of a target.
     */
    static @Nullable StalePolicy read(Members members, Stale stale, MethodResult result, Guarded guarded) {
        Duration maxAge = members.duration("stale.maxAge", stale.maxAge());
        int maxEntries = members.number("stale.maxEntries", stale.maxEntries());
        Duration softDeadline = members.duration("stale.softDeadline", stale.softDeadline());
        return members.<@Nullable StalePolicy>check("stale", () -> {
            if (maxAge != null
                    && result.type() == Void.class
                    && (guarded.fromClass() || stale.maxAge().isBlank())) {
                return null;
            }
            if (maxAge != null) {
                requireAnswers(result);
                requireOneForAll(guarded);
                return new StalePolicy(maxAge, maxEntries, softDeadline);
            }
            // From outside, all of it can be switched off by its age alone.
            if (stale.maxAge().isBlank() && maxEntries != MAX_ENTRIES) {
                doesNothing(members, "maxEntries", Integer.toString(maxEntries));
            }
            if (stale.maxAge().isBlank() && softDeadline != null) {
                doesNothing(members, "softDeadline", DurationText.format(softDeadline));
            }
            return null;
        });
    }

    private static void doesNothing(Members members, String member, String value) {
        members.doesNothing(
                "stale",
                member,
                member + " is " + value
                        + ", and without maxAge no answer is kept: say how old one may be, or leave it out");
    }

    /** The answers are those of the method: what one client was told would be given to all others. */
    private static void requireOneForAll(Guarded guarded) {
        for (String scope : OF_ONE_CLIENT) {
            if (guarded.ofBean().contains(scope)) {
                throw new IllegalArgumentException("each object of a @" + scope.substring(scope.lastIndexOf('.') + 1)
                        + " bean belongs to one client, and what it answers would be given to others: put @Resilient on"
                        + " what the bean calls, or leave maxAge out");
            }
        }
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
