package io.seawall.storm;

import io.seawall.storm.clients.Answer;
import io.seawall.storm.clients.ClientCounts;
import io.seawall.storm.story.Second;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts a run, second by second; what is before the run or after it counts for nothing. Thread-safe. */
final class Recorder implements ClientCounts {

    private static final long SECOND_NANOS = 1_000_000_000;

    private final long startNanos;
    private final LongSupplier clock;
    private final SecondCounts[] seconds;
    private final Measurements lateMillis = new Measurements();

    /**
     * Counts nothing yet.
     *
     * @param startNanos when the run begins
     * @param seconds how long it is
     * @param clock now, in nanoseconds
     */
    Recorder(long startNanos, int seconds, LongSupplier clock) {
        this.startNanos = startNanos;
        this.clock = clock;
        this.seconds = IntStream.range(0, seconds).mapToObj(SecondCounts::new).toArray(SecondCounts[]::new);
    }

    @Override
    public void offered(long bornNanos, long askedNanos) {
        SecondCounts second = at(bornNanos);
        if (second != null) {
            second.offered();
            synchronized (lateMillis) {
                lateMillis.add((askedNanos - bornNanos) / 1e6);
            }
        }
    }

    @Override
    public void sent() {
        SecondCounts second = now();
        if (second != null) {
            second.sent();
        }
    }

    @Override
    public void ended(long bornNanos, Answer answer, long endNanos) {
        SecondCounts born = at(bornNanos);
        if (born != null) {
            born.answered(answer, (endNanos - bornNanos) / 1e6);
        }
        SecondCounts end = at(endNanos);
        if (end != null) {
            end.ended(answer == Answer.FRESH || answer == Answer.DEGRADED);
        }
    }

    /** A request is at the backend. */
    void arrived() {
        SecondCounts second = now();
        if (second != null) {
            second.arrived();
        }
    }

    /** Somebody has looked at the backend. */
    void seen(int queued, int connectionsInUse) {
        SecondCounts second = now();
        if (second != null) {
            second.seen(queued, connectionsInUse);
        }
    }

    String progress(int second) {
        return seconds[second].progress();
    }

    /** How late questions were asked, but for one of a hundred that was later. */
    double lateMillis() {
        synchronized (lateMillis) {
            return lateMillis.percentiles(99)[0];
        }
    }

    List<Second> told() {
        return Arrays.stream(seconds).map(SecondCounts::told).toList();
    }

    private @Nullable SecondCounts now() {
        return at(clock.getAsLong());
    }

    private @Nullable SecondCounts at(long nanos) {
        long second = Math.floorDiv(nanos - startNanos, SECOND_NANOS);
        return second >= 0 && second < seconds.length ? seconds[(int) second] : null;
    }
}
