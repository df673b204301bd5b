package io.seawall.storm.story;

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
 */
public record Run(
        String name, String title, String change, int outageFromSecond, int outageToSecond, List<Second> seconds) {

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
     * Whether it says anything of the remedy: at least 99 % of what was asked before the outage ended well, with fresh answers.
     * Else the machine had more to do than it could, with this load or with something else. The last second before the outage
     * does not count: its questions may still be under way when the outage begins.
     *
     * @return true also if nothing was asked before that
     */
    public boolean isFit() {
        long offered = 0;
        long fresh = 0;
        for (Second second : seconds.subList(0, Math.max(0, outageFromSecond - 1))) {
            offered += second.offered();
            fresh += second.fresh();
        }
        return fresh >= Figures.RECOVERED * offered;
    }
}
