package io.seawall.events;

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
        List<SeawallEvent> next = new ArrayList<>(known.size() + 1);
        next.add(event);
        int alike = 1;
        for (SeawallEvent older : known) {
            if (!isAlike(older, event)) {
                next.add(older);
            } else if (alike < MOST_ALIKE) {
                alike++;
                next.add(older);
            }
        }
        return List.copyOf(next.subList(0, Math.min(MOST, next.size())));
    }

    private static boolean isAlike(SeawallEvent one, SeawallEvent other) {
        return one.kind().equals(other.kind()) && one.subject().equals(other.subject());
    }
}
