package io.seawall.storm.report;

import io.seawall.storm.story.Run;
import io.seawall.storm.story.Second;
import io.seawall.storm.story.Story;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How long clients wait, with all their retries. */
final class LatencyChart implements Chart {

    private static final double LEAST_MILLIS = 1;

    private final Scale scale;
    private final int height;

    LatencyChart(Story story, int height) {
        double greatest = Chart.greatest(story.runs(), Second::p99Millis);
        double least = story.runs().stream()
                .flatMap(run -> run.seconds().stream())
                .mapToDouble(Second::p50Millis)
                .filter(millis -> millis > 0)
                .min()
                .orElse(LEAST_MILLIS);
        scale = Scale.logarithmic(Math.max(LEAST_MILLIS, least), Math.max(LEAST_MILLIS, greatest), LatencyChart::tick);
        this.height = height;
    }

    private static String tick(double millis) {
        return millis < 1000 ? Words.count(millis) + " ms" : Words.count(millis / 1000) + " s";
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String title() {
        return "How long clients wait";
    }

    @Override
    public String explanation() {
        return "Until the final answer, retries and their pauses included, by the second in which a request was begun. Each"
                + " line of the grid is ten times the one below. Whoever still had no answer some seconds after the run gave up"
                + " then: so waits of the last seconds may be cut short.";
    }

    @Override
    public List<Key> keys() {
        return List.of(
                new Key("p99", true, "99 % wait less than this (p99)"),
                new Key("p95", true, "95 % (p95)"),
                new Key("p50", true, "half of them (p50)"));
    }

    @Override
    public Plot plot(Run run) {
        double[] p50 = Chart.values(run, known(Second::p50Millis));
        double[] p95 = Chart.values(run, known(Second::p95Millis));
        double[] p99 = Chart.values(run, known(Second::p99Millis));
        return new Plot(run, scale, height, told(run))
                .fill("spread", p50, p99)
                .line("p99", p99)
                .line("p95", p95)
                .line("p50", p50)
                .name("p99-word", p99, "p99")
                .name("p50-word", p50, "p50")
                .name("p95-word", p95, "p95")
                .told(second -> told(run.seconds().get(second)));
    }

    private static ToDoubleFunction<Second> known(ToDoubleFunction<Second> millis) {
        return second -> second.p99Millis() == 0 ? Double.NaN : millis.applyAsDouble(second);
    }

    private static String told(Run run) {
        List<Second> outage = run.seconds().subList(run.outageFromSecond(), run.outageToSecond());
        return run.title() + ", how long clients wait: in the slowest second of the outage, half of them up to "
                + Words.millis(
                        outage.stream().mapToDouble(Second::p50Millis).max().orElse(Double.NaN))
                + ", 99 % up to "
                + Words.millis(
                        outage.stream().mapToDouble(Second::p99Millis).max().orElse(Double.NaN)) + ".";
    }

    private static String told(Second second) {
        return "Second " + second.second() + "\np99 " + Words.millis(second.p99Millis()) + "\np95 "
                + Words.millis(second.p95Millis()) + "\np50 " + Words.millis(second.p50Millis());
    }
}
