package io.seawall.benchmarks.faults;

import io.seawall.benchmarks.faults.Decided.By;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What happened between the fall of a Redis and its recovery, and before and after.
 *
 * @param decisions all that were asked for
 * @param fellNanos when it fell ill
 * @param recoveredNanos when it could answer again
 */
record Episode(List<Decided> decisions, long fellNanos, long recoveredNanos) {

    private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SLOTS = 30;

    /** A line of the table. */
    String row(String name) {
        List<Decided> well = decisions.stream()
                .filter(decided -> decided.endedNanos() < fellNanos)
                .toList();
        List<Decided> sick = decisions.stream()
                .filter(decided -> decided.endedNanos() >= fellNanos && decided.askedNanos() < recoveredNanos)
                .toList();
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d | %,d | %,d | %.2f ms | %.2f ms | %.1f ms | %s |",
                name,
                sick.size(),
                count(sick, By.REDIS),
                count(sick, By.NODE),
                count(sick, By.NOBODY),
                count(sick, By.FAILURE),
                millis(quantile(well, 0.99)),
                millis(quantile(sick, 0.99)),
                millis(quantile(sick, 1)),
                normalAfter());
    }

    private static long count(List<Decided> decisions, By by) {
        return decisions.stream().filter(decided -> decided.by() == by).count();
    }

    private static long quantile(List<Decided> decisions, double part) {
        long[] sorted =
                decisions.stream().mapToLong(Decided::tookNanos).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.round(part * (sorted.length - 1))];
    }

    /** Until the first tenth of a second of which Redis decides nine of ten. What is late on a busy machine is not counted. */
    private String normalAfter() {
        int[] all = new int[SLOTS];
        int[] byRedis = new int[SLOTS];
        for (Decided decided : decisions) {
            long slot = Math.floorDiv(decided.askedNanos() - recoveredNanos, SLOT_NANOS);
            if (slot >= 0 && slot < SLOTS) {
                all[(int) slot]++;
                byRedis[(int) slot] += decided.by() == By.REDIS ? 1 : 0;
            }
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            if (all[slot] > 0 && byRedis[slot] >= 0.9 * all[slot]) {
                return String.format(Locale.ROOT, "%.0f ms", millis(slot * SLOT_NANOS));
            }
        }
        return "not in time";
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
