package io.seawall.storm.report;

import io.seawall.storm.story.Figures;
import io.seawall.storm.story.Run;
import io.seawall.storm.story.Second;
import io.seawall.storm.story.Story;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is offered, what clients send, and what arrives at the backend; what arrives beyond what is offered has a colour of its own. */
final class LoadChart implements Chart {

    /** A run that is so many times lower than the highest one lies flat on its scale. */
    private static final double FLAT = 4;

    /** How much it tells. */
    private enum Kind {
        ONE_LOOK,
        ALL,
        CLOSE_UP
    }

    private final Kind kind;
    private final List<Run> runs;
    private final int capacity;
    private final Scale scale;
    private final int height;

    private LoadChart(Story story, List<Run> runs, Kind kind, int height) {
        this.kind = kind;
        this.runs = runs;
        this.height = height;
        capacity = story.backendCapacityPerSecond();
        double greatest = Chart.greatest(
                runs, kind == Kind.ONE_LOOK ? second -> Math.max(second.offered(), second.backend()) : LoadChart::most);
        scale = Scale.linear(Math.max(greatest, capacity) * 1.1, 5, Words::count);
    }

    static Chart ofAll(Story story, int height) {
        return new LoadChart(story, story.runs(), Kind.ALL, height);
    }

    /** The runs that lie flat beside the others, on a scale of their own; empty if there are no others, or none of them. */
    static Optional<Chart> closeUp(Story story, int height) {
        double greatest = Chart.greatest(story.runs(), LoadChart::most);
        List<Run> flat = story.runs().stream()
                .filter(run -> FLAT * Chart.greatest(List.of(run), LoadChart::most) <= greatest)
                .toList();
        return flat.isEmpty() ? Optional.empty() : Optional.of(new LoadChart(story, flat, Kind.CLOSE_UP, height));
    }

    /** What is offered and what arrives at the backend, no more: told in one look. */
    static Chart inOneLook(Story story, int height) {
        return new LoadChart(story, story.runs(), Kind.ONE_LOOK, height);
    }

    private static double most(Second second) {
        return Math.max(Math.max(second.offered(), second.backend()), second.sent());
    }

    @Override
    public String name() {
        return kind == Kind.CLOSE_UP ? "closeup" : "load";
    }

    @Override
    public String title() {
        return kind == Kind.CLOSE_UP ? "Load, close up" : "Load";
    }

    @Override
    public String explanation() {
        return kind == Kind.CLOSE_UP
                ? "The runs that lie flat above, on a scale of their own: how often clients still try again, and what of that"
                        + " reaches the backend."
                : "Requests per second. The dashed line is what clients would ask for if nobody ever tried twice; all above it"
                        + " is retries. The number is the peak in the outage.";
    }

    @Override
    public List<Run> shown(List<Run> all) {
        return runs;
    }

    @Override
    public List<Key> keys() {
        return List.of(
                new Key("excess", false, "arrives at the backend, beyond what is offered: retries"),
                new Key("carried", false, "arrives at the backend, up to what is offered"),
                new Key("sent", true, "sent by clients"),
                new Key("capacity", true, "what the backend can do"),
                new Key("offered", true, "offered"));
    }

    @Override
    public Plot plot(Run run) {
        Figures figures = Figures.of(run);
        double[] offered = Chart.values(run, Second::offered);
        double[] sent = Chart.values(run, Second::sent);
        double[] backend = Chart.values(run, Second::backend);
        double[] carried = Chart.values(run, second -> Math.min(second.backend(), second.offered()));
        double[] full = Chart.values(run, second -> capacity);
        Second busiest = run.seconds().subList(run.outageFromSecond(), run.outageToSecond()).stream()
                .max(Comparator.comparingLong(Second::backend))
                .orElseThrow();
        Plot plot = new Plot(run, scale, height, told(run, figures, busiest))
                .area("carried", Chart.zeros(run), carried)
                .area("excess", carried, backend);
        if (kind != Kind.ONE_LOOK) {
            plot.line("capacity", full).line("sent", sent);
        }
        plot.line("offered", offered);
        if (busiest.backend() > 0) {
            plot.peak(busiest.second(), (double) busiest.backend(), Words.times(figures.peakAmplification()));
        }
        plot.inside("on-excess", carried, backend, "retries");
        if (kind != Kind.ONE_LOOK) {
            plot.inside("on-carried", Chart.zeros(run), carried, "at the backend")
                    .name("sent-word", sent, "sent by clients")
                    .name("capacity-word", full, "backend’s capacity")
                    .name("offered-word", offered, "offered");
        } else {
            plot.inside("on-carried", Chart.zeros(run), carried, "what is offered")
                    .name("offered-word", offered, "what clients ask for");
        }
        return plot.told(second -> told(run.seconds().get(second)));
    }

    private static String told(Run run, Figures figures, Second busiest) {
        return run.title() + ", load: " + Words.count(figures.offered())
                + " requests a second are offered; in the outage, "
                + Words.count(busiest.backend()) + " arrive at the backend in the busiest second, "
                + Words.times(figures.peakAmplification()) + " what is offered.";
    }

    private static String told(Second second) {
        return "Second " + second.second() + "\n" + Words.count(second.offered()) + " offered\n"
                + Words.count(second.sent()) + " sent by clients\n" + Words.count(second.backend()) + " at the backend";
    }
}
