package io.seawall.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The last events of an application: {@value #MOST} at most, and of those that are alike {@value #MOST_ALIKE}, so that one who
 * flaps, or an attack with a ban a second, does not push everything else out. Thread-safe, and nobody waits here: events are few
 * and a list of them is short, so each makes a new one.
 */
public final class RecentEvents {

    static final int MOST = 100;
    static final int MOST_ALIKE = 25;

    private static final Duration LONGEST_WAY = Duration.ofSeconds(10);

    private final AtomicReference<List<SeawallEvent>> newestFirst = new AtomicReference<>(List.of());

    RecentEvents() {}

    /**
     * What is remembered now.
     *
     * @return the newest first; does not change any more
     */
    public List<SeawallEvent> list() {
        return Objects.requireNonNull(newestFirst.get());
    }

    void add(SeawallEvent event) {
        newestFirst.updateAndGet(known -> with(event, known));
    }

    /** In the order of their time. */
    void addAll(List<SeawallEvent> others) {
        newestFirst.updateAndGet(known -> {
            List<SeawallEvent> all = new ArrayList<>(known);
            all.addAll(others);
            all.sort(Comparator.comparing(SeawallEvent::at).reversed());
            return List.copyOf(all.subList(0, Math.min(MOST, all.size())));
        });
    }

    private static List<SeawallEvent> with(SeawallEvent event, List<SeawallEvent> known) {
        List<SeawallEvent> all = new ArrayList<>(known);
        int newer = 0;
        while (newer < known.size() && hasOvertaken(known.get(newer), event)) {
            newer++;
        }
        all.add(newer, event);
        List<SeawallEvent> next = new ArrayList<>(all.size());
        int alike = 0;
        for (SeawallEvent one : all) {
            if (!isAlike(one, event)) {
                next.add(one);
            } else if (alike < MOST_ALIKE) {
                alike++;
                next.add(one);
            }
        }
        return List.copyOf(next.subList(0, Math.min(MOST, next.size())));
    }

    /** On its way here. Much later it was by a clock that has been set back since, which should not hide what comes now. */
    private static boolean hasOvertaken(SeawallEvent known, SeawallEvent event) {
        return known.at().isAfter(event.at()) && known.at().isBefore(event.at().plus(LONGEST_WAY));
    }

    private static boolean isAlike(SeawallEvent one, SeawallEvent other) {
        return one.kind().equals(other.kind()) && one.subject().equals(other.subject());
    }
}
