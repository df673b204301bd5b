package io.seawall.storm.story;

import java.util.ArrayList;
import java.util.List;

/**
 * One run of the story: the same load and the same outage, with one more remedy than the run before.
 *
 * @param name its key, as {@code all-of-seawall}
 * @param title its name for people
 * @param change what is different from the run before, one sentence
 * @param outageFromSecond the first second of the outage
 * @param outageToSecond the second in which the backend is back: the first after the outage
 * @param seconds all seconds, in order and without a gap, from 0
 * @param lateMillis how much later than they were due questions were asked, in milliseconds, but for one of a hundred that was
 *     later still; {@link Double#NaN} if nobody has measured it
 */
public record Run(
        String name,
        String title,
        String change,
        int outageFromSecond,
        int outageToSecond,
        List<Second> seconds,
        double lateMillis) {

    /** Some ten times what it takes while all is well: half the time that an attempt of the shop may take. */
    private static final double SLOW_MILLIS = 500;

    /** Of what clients wait, two seconds, this is not much; a machine with nothing else to do is late by some milliseconds. */
    private static final double LATE_MILLIS = 250;

    /** The seconds are copied. */
    public Run {
        seconds = List.copyOf(seconds);
        for (int at = 0; at < seconds.size(); at++) {
            if (seconds.get(at).second() != at) {
                throw new IllegalArgumentException("run '" + name + "' has second "
                        + seconds.get(at).second() + " where second " + at + " belongs");
            }
        }
        if (outageFromSecond < 0 || outageToSecond <= outageFromSecond || outageToSecond > seconds.size()) {
            throw new IllegalArgumentException("run '" + name + "' has an outage from second " + outageFromSecond
                    + " to " + outageToSecond + ", and " + seconds.size() + " seconds in all");
        }
    }

    /**
     * Whether it says anything of the remedy. Else the machine had more to do than it could, with this load or with something
     * else.
     *
     * @return true if there are no {@link #doubts}
     */
    public boolean isFit() {
        return doubts().isEmpty();
    }

    /**
     * Whether the machine was too slow for the clients themselves, which no shop can be blamed for.
     *
     * @return true if one question of a hundred was asked more than 250 ms late
     */
    public boolean isLate() {
        return lateMillis > LATE_MILLIS;
    }

    /**
     * What shows that the machine was too slow: before the outage, less than 99 % of what was asked ended well, with fresh
     * answers, or the answers came slowly; or questions were asked late. The last second before the outage does not count: its
     * questions may still be under way when the outage begins.
     *
     * @return parts of a sentence; none also if nothing was asked before that
     */
    public List<String> doubts() {
        List<Second> calm = seconds.subList(0, Math.max(0, outageFromSecond - 1));
        long offered = calm.stream().mapToLong(Second::offered).sum();
        long fresh = calm.stream().mapToLong(Second::fresh).sum();
        double millis = calm.stream().mapToDouble(Second::p95Millis).average().orElse(0);
        List<String> doubts = new ArrayList<>();
        if (fresh < Figures.RECOVERED * offered) {
            doubts.add("not all was well before the outage");
        }
        if (millis > SLOW_MILLIS) {
            doubts.add("before the outage, one answer of twenty took longer than " + Math.round(millis) + " ms");
        }
        if (isLate()) {
            doubts.add("one question of a hundred was asked more than " + Math.round(lateMillis) + " ms late");
        }
        return doubts;
    }
}
