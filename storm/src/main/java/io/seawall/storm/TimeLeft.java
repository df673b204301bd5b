package io.seawall.storm;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time of a whole replay, which has a bound. A run itself takes as long as it takes; what can be shorter is how long the shop
 * gets warm before it. So a slow machine starts less warm, and does not lose its last run.
 */
final class TimeLeft {

    private final LongSupplier clock;
    private final long endNanos;
    private final long runNanos;
    private int runs;

    /**
     * Begins to count.
     *
     * @param all what there is for all runs
     * @param runs how many there are
     * @param run what each needs, once its shop is warm
     * @param clock now, in nanoseconds
     */
    TimeLeft(Duration all, int runs, Duration run, LongSupplier clock) {
        this.clock = clock;
        this.runs = runs;
        this.runNanos = run.toNanos();
        this.endNanos = clock.getAsLong() + all.toNanos();
    }

    /** What nobody needs: the runs that are left could all begin so much later. */
    Duration toSpare() throws TooSlowException {
        long left = endNanos - clock.getAsLong() - runs * runNanos;
        if (left <= 0) {
            throw new TooSlowException("This machine is too slow for it: there is no time left for "
                    + (runs == 1 ? "one more run." : runs + " more runs."));
        }
        return Duration.ofNanos(left);
    }

    /** The part of it that is that of the next run. */
    Duration forWarmUp(Duration enough) throws TooSlowException {
        Duration part = toSpare().dividedBy(runs);
        return part.compareTo(enough) < 0 ? part : enough;
    }

    /** One run is over. */
    void runIsOver() {
        runs--;
    }
}
