package io.seawall.events;

import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Has events logged, by the logger of {@link Events}: of those that are alike {@value #MOST} a minute, so that a circuit that
 * flaps does not fill the disk. The last line before others are left out says so, and the next one after them how many they were.
 * Time is that of the events. Thread-safe.
 */
final class EventLog {

    /** What people would read before they have understood. */
    private static final int MOST = 5;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(Events.class.getName());

    private final Map<Alike, Told> told = new ConcurrentHashMap<>();

    /** As many as there are targets, filters and servers, and a few kinds of each: no client is a subject. */
    private record Alike(String kind, String subject) {}

    /** How many in a minute: what was asked for last is the newest. */
    private record Told(Instant since, int count, long leftOut, long leftOutBefore) {

        static Told first(Instant at) {
            return new Told(at, 1, 0, 0);
        }

        Told next(Instant at) {
            Duration age = Duration.between(since, at);
            if (age.isNegative() || age.compareTo(MINUTE) >= 0) {
                return new Told(at, 1, 0, leftOut);
            }
            return count < MOST ? new Told(since, count + 1, 0, 0) : new Told(since, count, leftOut + 1, 0);
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

    void tell(SeawallEvent event) {
        String line = line(event);
        if (line != null) {
            LOG.log(event.level(), () -> line); // not as a pattern: words may hold braces
        }
    }

    private @Nullable String line(SeawallEvent event) {
        if (event instanceof ActionEvent || event instanceof SettingsEvent) {
            return event.words(); // what people do is always told
        }
        Told now = told.merge(
                new Alike(event.kind(), event.subject()),
                Told.first(event.at()),
                (known, first) -> known.next(first.since));
        return now.line(event.words());
    }
}
