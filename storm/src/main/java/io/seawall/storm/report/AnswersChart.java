package io.seawall.storm.report;

import io.seawall.storm.story.Figures;
import io.seawall.storm.story.Run;
import io.seawall.storm.story.Second;
import io.seawall.storm.story.Story;
import java.util.List;

/** What became of the requests that were offered in each second, as parts of all. */
final class AnswersChart implements Chart {

    private static final Scale SCALE = Scale.linear(100, 4, value -> Words.count(value) + " %");

    private final int height;

    AnswersChart(Story story, int height) {
        this.height = height;
    }

    @Override
    public String name() {
        return "answers";
    }

    @Override
    public String title() {
        return "What clients get";
    }

    @Override
    public String explanation() {
        return "Of 100 requests that are begun in a second, how many end in which way, retries included.";
    }

    @Override
    public List<Key> keys() {
        return List.of(
                new Key("failed", false, "failed: an error, or given up"),
                new Key("limited", false, "limited: refused by the rate limit"),
                new Key("degraded", false, "degraded: a fallback or the last good answer"),
                new Key("fresh", false, "fresh: the answer of now"));
    }

    @Override
    public Plot plot(Run run) {
        double[] nothing = Chart.values(run, second -> second.offered() == 0 ? Double.NaN : 0);
        double[] fresh = Chart.values(run, second -> percent(second, second.fresh()));
        double[] well = Chart.values(run, second -> percent(second, second.fresh() + second.degraded()));
        double[] limited =
                Chart.values(run, second -> percent(second, second.fresh() + second.degraded() + second.limited()));
        double[] all = Chart.values(run, second -> second.offered() == 0 ? Double.NaN : 100);
        Figures figures = Figures.of(run);
        Plot plot = new Plot(run, SCALE, height, told(run, figures))
                .fill("fresh", nothing, fresh)
                .fill("degraded", fresh, well)
                .fill("limited", well, limited)
                .fill("failed", limited, all)
                .inside("on-fresh", nothing, fresh, "fresh")
                .inside("on-degraded", fresh, well, "fallback or last good answer", "degraded")
                .inside("on-limited", well, limited, "refused by the limit", "limited")
                .inside("on-failed", limited, all, "failed")
                .verdict(
                        figures.secondsToRecover().isPresent() ? "good" : "bad",
                        Summary.recovery(figures.secondsToRecover()));
        figures.secondsToRecover().ifPresent(seconds -> plot.moment("recovered", run.outageToSecond() + seconds));
        return plot.told(second -> told(run.seconds().get(second)));
    }

    private static double percent(Second second, long part) {
        return second.offered() == 0 ? Double.NaN : Math.min(100.0, 100.0 * part / second.offered());
    }

    private static String told(Run run, Figures figures) {
        return run.title() + ", what clients get: in the outage, " + Words.percent(figures.successDuring())
                + " of all requests end well. After the backend’s return: "
                + Summary.recovery(figures.secondsToRecover())
                + ".";
    }

    private static String told(Second second) {
        return "Second " + second.second() + ", of " + Words.count(second.offered()) + "\n"
                + Words.count(second.failed()) + " failed\n" + Words.count(second.limited()) + " limited\n"
                + Words.count(second.degraded()) + " degraded\n" + Words.count(second.fresh()) + " fresh";
    }
}
