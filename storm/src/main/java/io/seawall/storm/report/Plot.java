package io.seawall.storm.report;

import io.seawall.storm.story.Run;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * One plot of a run over its seconds, as SVG: the outage is shaded, values have their lines and words at the left, and what is
 * drawn comes in the order in which it is asked for. Values are arrays with one number a second; {@link Double#NaN} is a gap.
 *
 * <p>Colours come from outside, by classes.
 */
final class Plot {

    private final Run run;
    private final Frame frame;
    private final Element root;
    private final Labels labels;
    private final Element told = Element.of("g", "told");

    Plot(Run run, Scale scale, int height, String description) {
        this.run = run;
        frame = new Frame(run.seconds().size(), scale, height);
        labels = new Labels(frame);
        root = Element.of("svg", "plot")
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 " + Frame.WIDTH + " " + height)
                .with("role", "img")
                .with("aria-label", description);
        scaffold();
    }

    private void scaffold() {
        int seconds = frame.seconds();
        double from = frame.x(run.outageFromSecond());
        double to = frame.x(run.outageToSecond());
        root.add(rect("outage", from, Frame.TOP, to - from, frame.bottom() - Frame.TOP));
        double wordLeft = to - "backend down".length() * Labels.LETTER;
        Element outage = Element.of("text", "outage-word")
                .with("x", wordLeft < Frame.LEFT ? from : to)
                .with("y", Frame.TOP - 7)
                .with("text-anchor", wordLeft < Frame.LEFT ? "start" : "end")
                .text("backend down");
        Element grid = Element.of("g", "grid");
        Element axis = Element.of("g", "axis");
        for (Scale.Tick tick : frame.scale().ticks()) {
            double y = frame.y(tick.value());
            grid.add(Element.of("line")
                    .with("x1", Frame.LEFT)
                    .with("x2", Frame.RIGHT)
                    .with("y1", y)
                    .with("y2", y));
            axis.add(Element.of("text")
                    .with("x", Frame.LEFT - 6)
                    .with("y", y + 4)
                    .with("text-anchor", "end")
                    .text(tick.label()));
        }
        int step = seconds <= 30 ? 5 : seconds <= 90 ? 10 : 30;
        for (int second = 0; second <= seconds; second += step) {
            boolean last = second + step > seconds;
            boolean atEdge = frame.x(second) + 16 > Frame.WIDTH;
            axis.add(Element.of("text")
                    .with("x", atEdge ? Frame.RIGHT : frame.x(second))
                    .with("y", frame.height() - 6)
                    .with("text-anchor", atEdge ? "end" : "middle")
                    .text(last ? second + " s" : "" + second));
        }
        root.add(grid, axis, outage);
    }

    private static Element rect(String cssClass, double x, double y, double width, double height) {
        return Element.of("rect", cssClass)
                .with("x", x)
                .with("y", y)
                .with("width", width)
                .with("height", height);
    }

    /** What lies between two values. Words keep off it. */
    Plot area(String cssClass, double[] low, double[] high) {
        fill(cssClass, low, high);
        labels.keepOffArea(frame.heights(high));
        return this;
    }

    /** As {@link #area}, and a word may be on it. */
    Plot fill(String cssClass, double[] low, double[] high) {
        double[] floor = frame.heights(low);
        double[] ceiling = frame.heights(high);
        StringBuilder path = new StringBuilder();
        int from = 0;
        while (from < frame.seconds()) {
            if (Double.isNaN(ceiling[from])) {
                from++;
                continue;
            }
            int to = from;
            while (to < frame.seconds() && !Double.isNaN(ceiling[to])) {
                to++;
            }
            double most = 0;
            for (int at = from; at < to; at++) {
                most = Math.max(most, floor[at] - ceiling[at]);
            }
            if (most >= 0.05) { // else nothing would be seen
                trace(path, ceiling, from, to, true);
                trace(path, floor, from, to, false);
                path.append('Z');
            }
            from = to;
        }
        if (!path.isEmpty()) {
            root.add(Element.of("path", cssClass).with("d", path.toString()));
        }
        return this;
    }

    /** A line, also in words' way. */
    Plot line(String cssClass, double[] values) {
        double[] heights = frame.heights(values);
        StringBuilder path = new StringBuilder();
        int from = 0;
        while (from < frame.seconds()) {
            int to = from;
            while (to < frame.seconds() && !Double.isNaN(heights[to])) {
                to++;
            }
            if (to > from) {
                trace(path, heights, from, to, true);
            }
            from = to + 1;
        }
        if (!path.isEmpty()) {
            root.add(Element.of("path", cssClass).with("d", path.toString()));
        }
        labels.keepOffLine(heights);
        return this;
    }

    /** A value stands in the middle of its second; at both ends it is drawn out to the second's edge. */
    private void trace(StringBuilder path, double[] heights, int from, int to, boolean forwards) {
        int first = forwards ? from : to - 1;
        int last = forwards ? to - 1 : from;
        int step = forwards ? 1 : -1;
        point(path, forwards ? "M" : "L", forwards ? from : to, heights[first]);
        for (int at = first; at != last + step; at += step) {
            point(path, "L", at + 0.5, heights[at]);
        }
        point(path, "L", forwards ? to : from, heights[last]);
    }

    private void point(StringBuilder path, String command, double second, double height) {
        path.append(command)
                .append(Words.coordinate(frame.x(second)))
                .append(' ')
                .append(Words.coordinate(height));
    }

    /** The same value all along. */
    Plot level(String cssClass, double value) {
        double[] values = new double[frame.seconds()];
        Arrays.fill(values, value);
        return line(cssClass, values);
    }

    /** From here on all is well. */
    Plot moment(String cssClass, int second) {
        root.add(vertical(cssClass, frame.x(second)));
        return this;
    }

    /** What is said beside the shaded outage, above the plot. */
    Plot verdict(String cssClass, String text) {
        double left = frame.x(run.outageToSecond()) + 6;
        boolean fits = left + text.length() * Labels.LETTER <= Frame.WIDTH;
        labels.add(Element.of("text", cssClass)
                .with("x", fits ? left : Frame.RIGHT)
                .with("y", Frame.TOP - 7)
                .with("text-anchor", fits ? "start" : "end")
                .text(text));
        return this;
    }

    /** A point, and its word right above it. */
    Plot peak(int second, double value, String text) {
        labels.peak(frame.x(second + 0.5), frame.y(value), text);
        return this;
    }

    /** Names a line, close to it. */
    Plot name(String cssClass, double[] values, String text) {
        labels.name(cssClass, frame.heights(values), text);
        return this;
    }

    /** Names an area, inside of it, where it is high and long: by the first text that fits. */
    Plot inside(String cssClass, double[] low, double[] high, String... texts) {
        labels.inside(cssClass, frame.heights(low), frame.heights(high), texts);
        return this;
    }

    /** What a pointer is told that rests on a second. */
    Plot told(IntFunction<String> text) {
        for (int second = 0; second < frame.seconds(); second++) {
            double left = frame.x(second);
            told.add(Element.of("g", "hit")
                    .add(
                            Element.of("title").text(text.apply(second)),
                            rect("under", left, Frame.TOP, frame.x(second + 1) - left, frame.bottom() - Frame.TOP)));
        }
        return this;
    }

    double height() {
        return frame.height();
    }

    Element drawn() {
        return withoutTold().add(told);
    }

    /** As nothing can be pointed at in a picture. */
    Element withoutTold() {
        return root.add(edge(run.outageFromSecond()), edge(run.outageToSecond()), labels.drawn());
    }

    private Element edge(int second) {
        return vertical("outage-edge", frame.x(second));
    }

    private Element vertical(String cssClass, double x) {
        return Element.of("line", cssClass)
                .with("x1", x)
                .with("x2", x)
                .with("y1", Frame.TOP)
                .with("y2", frame.bottom());
    }
}
