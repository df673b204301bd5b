package io.seawall.storm;

import io.seawall.storm.clients.Answer;
import io.seawall.storm.story.Second;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What is counted for one second. Thread-safe: whoever counts holds it for an instant. */
final class SecondCounts {

    private final int second;
    private final Map<Answer, Long> answers = new EnumMap<>(Answer.class);
    private final Measurements millis = new Measurements();
    private long offered;
    private long sent;
    private long backend;
    private int queued;
    private int connectionsInUse;
    private long ended;
    private long endedWell;

    SecondCounts(int second) {
        this.second = second;
    }

    synchronized void offered() {
        offered++;
    }

    synchronized void sent() {
        sent++;
    }

    synchronized void arrived() {
        backend++;
    }

    /** A question that was born in this second has this end. */
    synchronized void answered(Answer answer, double afterMillis) {
        answers.merge(answer, 1L, Long::sum);
        millis.add(afterMillis);
    }

    /** A question, whenever it was born, has its end in this second. */
    synchronized void ended(boolean well) {
        ended++;
        endedWell += well ? 1 : 0;
    }

    synchronized void seen(int queuedNow, int connectionsInUseNow) {
        queued = Math.max(queued, queuedNow);
        connectionsInUse = Math.max(connectionsInUse, connectionsInUseNow);
    }

    /** As far as it is known while the run goes on. */
    synchronized String progress() {
        return String.format(
                Locale.ROOT,
                "%4d offered, %5d at the backend, %4d in its queue, answered well: %s",
                offered,
                backend,
                queued,
                ended == 0 ? "-" : 100 * endedWell / ended + " %");
    }

    synchronized Second told() {
        double[] percentiles = millis.percentiles(50, 95, 99);
        return new Second(
                second,
                offered,
                sent,
                backend,
                answers.getOrDefault(Answer.FRESH, 0L),
                answers.getOrDefault(Answer.DEGRADED, 0L),
                answers.getOrDefault(Answer.LIMITED, 0L),
                answers.getOrDefault(Answer.FAILED, 0L),
                percentiles[0],
                percentiles[1],
                percentiles[2],
                queued,
                connectionsInUse);
    }
}
