package io.seawall.storm;

import io.seawall.storm.clients.Answer;
import io.seawall.storm.story.Second;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What is counted for one second. Thread-safe: whoever counts holds it for an instant. */
final class SecondCounts {

    private final int second;
    private final Map<Answer, Long> answers = new EnumMap<>(Answer.class);
    private double[] millis = new double[256];
    private int measured;
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
        if (measured == millis.length) {
            millis = Arrays.copyOf(millis, 2 * measured);
        }
        millis[measured++] = afterMillis;
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
        return "%4d offered, %5d at the backend, %4d in its queue, answered well: %s"
                .formatted(offered, backend, queued, ended == 0 ? "-" : 100 * endedWell / ended + " %");
    }

    synchronized Second told() {
        double[] sorted = Arrays.copyOf(millis, measured);
        Arrays.sort(sorted);
        return new Second(
                second,
                offered,
                sent,
                backend,
                answers.getOrDefault(Answer.FRESH, 0L),
                answers.getOrDefault(Answer.DEGRADED, 0L),
                answers.getOrDefault(Answer.LIMITED, 0L),
                answers.getOrDefault(Answer.FAILED, 0L),
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                queued,
                connectionsInUse);
    }

    /** The nearest rank: the least value that so many of 100 are not above. */
    static double percentile(double[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
    }
}
