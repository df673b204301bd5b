package io.seawall.storm.report;

import io.seawall.storm.story.Run;
import io.seawall.storm.story.Second;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One question, and a plot of every run that answers it, all on the same scale. */
interface Chart {

    /** What a mark means. */
    record Key(String cssClass, boolean line, String text) {}

    /** Of files and of places in the page: {@code load}. */
    String name();

    String title();

    /** What is to be seen, and in which unit. */
    String explanation();

    /** Which runs it is about. */
    default List<Run> shown(List<Run> runs) {
        return runs;
    }

    /** In the order in which they are drawn, from the top. */
    List<Key> keys();

    Plot plot(Run run);

    static double[] values(Run run, ToDoubleFunction<Second> value) {
        return run.seconds().stream().mapToDouble(value).toArray();
    }

    static double greatest(List<Run> runs, ToDoubleFunction<Second> value) {
        return runs.stream()
                .flatMap(run -> run.seconds().stream())
                .mapToDouble(value)
                .max()
                .orElse(0);
    }

    static double[] zeros(Run run) {
        return new double[run.seconds().size()];
    }
}
