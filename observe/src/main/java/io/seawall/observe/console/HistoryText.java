package io.seawall.observe.console;

import io.seawall.observe.console.History.View;
import io.seawall.observe.console.Subject.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says what has been: {@code api/history}. An answer is kept until the next slot, for others who know as much: all viewers together
 * ask for few different ones. Thread-safe.
 */
final class HistoryText {

    /** One for those who know all, all but one, and nothing, and some for those who were away. */
    private static final int MAX_KEPT = 8;

    private final History history;
    private final Map<Integer, byte[]> kept = new LinkedHashMap<>();
    private long keptSlots = -1;

    HistoryText(History history) {
        this.history = history;
    }

    /** What has been since an instant. */
    synchronized byte[] since(long timeMillis) {
        dropOld();
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        return kept.computeIfAbsent(history.slotsSince(timeMillis), this::last);
    }

    /** Lets go of what nobody will be given any more. */
    synchronized void dropOld() {
        long slots = history.slots();
        if (slots != keptSlots) {
            kept.clear();
            keptSlots = slots;
        }
    }

    /** For tests. */
    synchronized int kept() {
        return kept.size();
    }

    private byte[] last(int count) {
        View view = history.last(count);
        return JsonText.bytes(json -> json.field("stepMillis", History.STEP_MILLIS)
                .array("times", times -> view.times().forEach(times::number))
                .objects("series", view.series(), (each, series) -> series(each, series))
                .field("leftOut", view.leftOut()));
    }

    private static void series(JsonText json, History.Series series) {
        Subject subject = series.subject();
        json.field("subject", subject.kind() == Kind.TARGET ? "target" : "filter")
                .field("filter", subject.kind() == Kind.TARGET ? null : subject.filter())
                .field("policy", subject.kind() == Kind.POLICY ? subject.name() : null)
                .field("target", subject.kind() == Kind.TARGET ? subject.name() : null)
                .field("name", series.name())
                .array("values", values -> {
                    for (float value : series.values()) {
                        values.rate(value);
                    }
                });
    }
}
