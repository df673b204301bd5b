package io.seawall.resilience.storm;

import io.seawall.events.CircuitEvent;
import io.seawall.events.SeawallEvent;
import java.util.stream.IntStream;

/** What happened in each second. */
final class Course {

    private final int[] offered;
    private final int[] reached;
    private final int[] answered;
    private final int[] trials;
    private final int[] closed;

    Course(int seconds) {
        offered = new int[seconds];
        reached = new int[seconds];
        answered = new int[seconds];
        trials = new int[seconds];
        closed = new int[seconds];
    }

    /** A client has called. */
    void offered(int second) {
        offered[second]++;
    }

    /** A request has come to the backend: the call itself or a retry. */
    void reached(int second) {
        if (second < reached.length) {
            reached[second]++;
        }
    }

    /** The call that a client made in this second has succeeded. */
    void answered(int second) {
        answered[second]++;
    }

    /** Something has happened at one of the nodes. */
    void told(int second, SeawallEvent event) {
        if (!(event instanceof CircuitEvent circuit)) {
            return;
        }
        if (circuit.to() == CircuitEvent.State.HALF_OPEN) {
            trials[second]++;
        } else if (circuit.to() == CircuitEvent.State.CLOSED) {
            closed[second]++;
        }
    }

    /** How often a trial began from this second on. */
    int trialsFrom(int second) {
        return sum(trials, second, trials.length - second);
    }

    /** In which second the last circuit has closed. */
    int lastClosed() {
        return IntStream.range(0, closed.length)
                .filter(second -> closed[second] > 0)
                .max()
                .orElseThrow();
    }

    /** Requests to the backend for each call that was offered, in the worst span of so many seconds. */
    double peakAmplification(int span) {
        return IntStream.rangeClosed(0, offered.length - span)
                .mapToDouble(first -> (double) sum(reached, first, span) / sum(offered, first, span))
                .max()
                .orElseThrow();
    }

    /** Requests to the backend for each call that was offered in this time. */
    double amplification(int from, int to) {
        return (double) sum(reached, from, to - from) / sum(offered, from, to - from);
    }

    /** How many calls succeeded of those that were made from this second on. */
    int answeredFrom(int second) {
        return sum(answered, second, end() - second);
    }

    /**
     * From which second on at least 99 of 100 calls succeed, for good.
     *
     * @return the second; {@link #end} if there is none
     */
    int wellFrom() {
        int second = offered.length;
        while (second > 0 && answered[second - 1] * 100L >= offered[second - 1] * 99L) {
            second--;
        }
        return second;
    }

    /** How many seconds it has. */
    int end() {
        return offered.length;
    }

    private static int sum(int[] figures, int first, int span) {
        return IntStream.range(first, first + span)
                .map(second -> figures[second])
                .sum();
    }
}
