package io.seawall.storm.story;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/**
 * What a run comes to: its row in the table. Derived from the run alone.
 *
 * <p>The offered load is the mean of {@link Second#offered()} in the seconds before the outage. Where a figure has nothing to
 * be computed from (no second before the outage, nothing offered), it is {@link Double#NaN}, which is below and above no bound.
 *
 * @param offered the offered load, in requests a second
 * @param peakAmplification requests that reached the backend in the busiest second of the outage ÷ the offered load
 * @param meanAmplification requests that reached the backend in a second of the outage, in the mean ÷ the offered load
 * @param goodputBefore fresh answers a second before the outage
 * @param goodputDuring fresh answers a second in the outage
 * @param goodputAfter fresh answers a second from the backend's return to the end of the run
 * @param successDuring the part of what was offered in the outage that ended well, with a fresh or a degraded answer: 0 to 1
 * @param secondsToRecover how long after the backend's return more than 99 % of what is offered ends well, and stays so to the
 *     end of the run, in every window of three seconds; empty if that is never seen. Degraded answers count as well: clients
 *     that are answered all along have nothing to recover from
 * @param secondsToFresh the same with fresh answers alone
 */
public record Figures(
        double offered,
        double peakAmplification,
        double meanAmplification,
        double goodputBefore,
        double goodputDuring,
        double goodputAfter,
        double successDuring,
        OptionalInt secondsToRecover,
        OptionalInt secondsToFresh) {

    /** What must end well before a run is called recovered. */
    public static final double RECOVERED = 0.99;

    /** One second is too short a time to judge by, and hides how soon it was: three are a compromise. */
    private static final int WINDOW_SECONDS = 3;

    /**
     * Computes the figures of a run.
     *
     * @param run a run
     * @return its figures
     */
    public static Figures of(Run run) {
        List<Second> before = run.seconds().subList(0, run.outageFromSecond());
        List<Second> during = run.seconds().subList(run.outageFromSecond(), run.outageToSecond());
        List<Second> after =
                run.seconds().subList(run.outageToSecond(), run.seconds().size());
        double offered = perSecond(before, Second::offered);
        double peak = (double) during.stream().mapToLong(Second::backend).max().orElse(0);
        return new Figures(
                offered,
                ratio(peak, offered),
                ratio(perSecond(during, Second::backend), offered),
                perSecond(before, Second::fresh),
                perSecond(during, Second::fresh),
                perSecond(after, Second::fresh),
                ratio(sum(during, Figures::well), sum(during, Second::offered)),
                recovery(after, Figures::well),
                recovery(after, Second::fresh));
    }

    private static long well(Second second) {
        return second.fresh() + second.degraded();
    }

    /** Below 2^53, so nothing is lost. */
    private static double sum(List<Second> seconds, ToLongFunction<Second> number) {
        return (double) seconds.stream().mapToLong(number).sum();
    }

    private static double perSecond(List<Second> seconds, ToLongFunction<Second> number) {
        return ratio(sum(seconds, number), seconds.size());
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? Double.NaN : part / whole;
    }

    /** Backwards from the end, as far as every window is good. */
    private static OptionalInt recovery(List<Second> after, ToLongFunction<Second> good) {
        int recovered = after.size();
        for (int from = after.size() - WINDOW_SECONDS; from >= 0; from--) {
            List<Second> window = after.subList(from, from + WINDOW_SECONDS);
            double ratio = ratio(sum(window, good), sum(window, Second::offered));
            if (!(ratio > RECOVERED)) { // nor if nothing was offered: then nobody knows
                break;
            }
            recovered = from;
        }
        return recovered == after.size() ? OptionalInt.empty() : OptionalInt.of(recovered);
    }
}
