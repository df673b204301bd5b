package io.seawall.storm.report;

import io.seawall.storm.story.Run;
import io.seawall.storm.story.Second;
import io.seawall.storm.story.Story;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** How much of something the backend has in use: its queue, or its connections. */
final class BacklogChart implements Chart {

    private final String name;
    private final String title;
    private final String explanation;
    private final String unit;
    private final ToIntFunction<Second> value;
    private final Scale scale;
    private final int height;

    private BacklogChart(
            Story story,
            String name,
            String title,
            String explanation,
            String unit,
            ToIntFunction<Second> value,
            int height) {
        this.name = name;
        this.title = title;
        this.explanation = explanation;
        this.unit = unit;
        this.value = value;
        this.scale = Scale.linear(Chart.greatest(story.runs(), value::applyAsInt) * 1.15, 3, Words::count);
        this.height = height;
    }

    static Chart queue(Story story, int height) {
        return new BacklogChart(
                story,
                "queue",
                "The backend’s queue",
                "Requests that wait for a worker, the most in each second. The number is the peak of the run.",
                "waiting",
                Second::queued,
                height);
    }

    static Chart connections(Story story, int height) {
        return new BacklogChart(
                story,
                "connections",
                "The backend’s database connections",
                "Connections of the pool in use, the most in each second. The number is the peak of the run.",
                "in use",
                Second::connectionsInUse,
                height);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String explanation() {
        return explanation;
    }

    @Override
    public List<Key> keys() {
        return List.of(new Key("backlog", false, unit));
    }

    @Override
    public Plot plot(Run run) {
        double[] values = Chart.values(run, value::applyAsInt);
        Second most = run.seconds().stream().max(Comparator.comparingInt(value)).orElseThrow();
        Plot plot = new Plot(
                        run,
                        scale,
                        height,
                        run.title() + ", " + title + ": at most " + Words.count(value.applyAsInt(most)) + " " + unit
                                + ", in second " + most.second() + ".")
                .area("backlog", Chart.zeros(run), values)
                .line("backlog-edge", values);
        if (value.applyAsInt(most) > 0) {
            plot.peak(most.second(), value.applyAsInt(most), Words.count(value.applyAsInt(most)));
        }
        return plot.told(second -> "Second " + second + "\n"
                + Words.count(value.applyAsInt(run.seconds().get(second))) + " " + unit);
    }
}
