package io.seawall.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a log from being filled: of lines that are alike {@value #MOST} a minute are to be written. The last line before others are
 * left out says so, and the next one after them how many they were. Time is what it is told. Thread-safe.
 */
public final class RareLines {

    /** What people would read before they have understood. */
    static final int MOST = 5;

    /** More than there are targets, filters and servers at a time; the servers of a cluster may have other addresses each day. */
    static final int MOST_KNOWN = 1_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Map<Alike, Told> told = new ConcurrentHashMap<>();

    private record Alike(String kind, String subject) {}

    /** How many in a minute: what was asked for last is the newest. */
    private record Told(Instant since, int count, long leftOut, long leftOutBefore) {

        static Told first(Instant at) {
            return new Told(at, 1, 0, 0);
        }

        Told next(Instant at) {
            if (isOver(at)) {
                return new Told(at, 1, 0, leftOut);
            }
            return count < MOST ? new Told(since, count + 1, 0, 0) : new Told(since, count, leftOut + 1, 0);
        }

        /** Or the clock has gone back; by less than that, some have only overtaken each other. */
        boolean isOver(Instant at) {
            return Duration.between(since, at).abs().compareTo(MINUTE) >= 0;
        }

        @Nullable
        String line(String words) {
            if (leftOut > 0) {
                return null;
            }
            String before =
                    leftOutBefore == 0 ? "" : " (alike and left out of the log before this: " + leftOutBefore + ")";
            String after =
                    count < MOST ? "" : " (more of these until " + since.plus(MINUTE) + " are left out of the log)";
            return words + before + after;
        }
    }

    /** Nothing was said yet. */
    public RareLines() {}

    /**
     * Whether something is to be written now.
     *
     * @param kind of what there are few
     * @param subject what it is about: lines are alike if both are the same
     * @param at when it happened
     * @param words what is to be written
     * @return the line; null if it is left out
     */
    public @Nullable String line(String kind, String subject, Instant at, String words) {
        Told now = told.merge(alike(kind, subject, at), Told.first(at), (known, first) -> known.next(first.since));
        return now.line(words);
    }

    /** Those for whom there is no room are all alike. */
    private Alike alike(String kind, String subject, Instant at) {
        Alike alike = new Alike(kind, subject);
        if (told.size() < MOST_KNOWN || told.containsKey(alike)) {
            return alike;
        }
        told.values().removeIf(known -> known.isOver(at));
        return told.size() < MOST_KNOWN ? alike : new Alike(kind, "");
    }

    /** How many it knows. */
    int size() {
        return told.size();
    }
}
