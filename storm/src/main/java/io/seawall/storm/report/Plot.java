package io.seawall.storm.report;

import io.seawall.storm.story.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One plot of a run over its seconds, as SVG: the outage is shaded, values have their lines and words at the left, and what is
 * drawn comes in the order in which it is asked for. Values are arrays with one number a second; {@link Double#NaN} is a gap.
 *
 * <p>Colours come from outside, by classes. A word goes where it covers nothing, and is left out if there is no such place.
 */
final class Plot {

    static final int WIDTH = 360;
    private static final double LEFT = 54;
    private static final double RIGHT = WIDTH - 8;
    private static final double TOP = 22;
    private static final double FOOT = 22;

    /** Of text of 12 pixels, in the widest font that a system is likely to have. */
    private static final double LETTER = 6.6;

    private static final double LINE = 13;

    private record Box(double left, double right, double top, double bottom) {

        boolean meets(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    private final Run run;
    private final int seconds;
    private final Scale scale;
    private final double height;
    private final double bottom;
    private final Element root;
    private final Element words = Element.of("g", "words");
    private final Element told = Element.of("g", "told");
    /** Lines that words must not cross. */
    private final List<double[]> lines = new ArrayList<>();

    /** Lines that words must stay above, as all below is filled. */
    private final List<double[]> tops = new ArrayList<>();

    private final List<Box> taken = new ArrayList<>();

    Plot(Run run, Scale scale, int height, String description) {
        this.run = run;
        this.seconds = run.seconds().size();
        this.scale = scale;
        this.height = height;
        this.bottom = height - FOOT;
        root = Element.of("svg", "plot")
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 " + WIDTH + " " + height)
                .with("role", "img")
                .with("aria-label", description);
        frame();
    }

    private void frame() {
        double from = x(run.outageFromSecond());
        double to = x(run.outageToSecond());
        root.add(rect("outage", from, TOP, to - from, bottom - TOP));
        double wordLeft = to - "backend down".length() * LETTER;
        Element outage = Element.of("text", "outage-word")
                .with("x", wordLeft < LEFT ? from : to)
                .with("y", TOP - 7)
                .with("text-anchor", wordLeft < LEFT ? "start" : "end")
                .text("backend down");
        Element grid = Element.of("g", "grid");
        Element axis = Element.of("g", "axis");
        for (Scale.Tick tick : scale.ticks()) {
            double y = y(tick.value());
            grid.add(Element.of("line")
                    .with("x1", LEFT)
                    .with("x2", RIGHT)
                    .with("y1", y)
                    .with("y2", y));
            axis.add(Element.of("text")
                    .with("x", LEFT - 6)
                    .with("y", y + 4)
                    .with("text-anchor", "end")
                    .text(tick.label()));
        }
        int step = seconds <= 30 ? 5 : seconds <= 90 ? 10 : 30;
        for (int second = 0; second <= seconds; second += step) {
            boolean last = second + step > seconds;
            boolean atEdge = x(second) + 16 > WIDTH;
            axis.add(Element.of("text")
                    .with("x", atEdge ? RIGHT : x(second))
                    .with("y", height - 6)
                    .with("text-anchor", atEdge ? "end" : "middle")
                    .text(last ? second + " s" : "" + second));
        }
        root.add(grid, axis, outage);
    }

    private double x(double second) {
        return LEFT + (RIGHT - LEFT) * second / Math.max(1, seconds);
    }

    private double y(double value) {
        return bottom - (bottom - TOP) * scale.share(value);
    }

    private double[] heights(double[] values) {
        return Arrays.stream(values)
                .map(value -> Double.isNaN(value) ? Double.NaN : y(value))
                .toArray();
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
        tops.add(heights(high));
        return this;
    }

    /** As {@link #area}, and a word may be on it. */
    Plot fill(String cssClass, double[] low, double[] high) {
        double[] floor = heights(low);
        double[] ceiling = heights(high);
        StringBuilder path = new StringBuilder();
        int from = 0;
        while (from < seconds) {
            if (Double.isNaN(ceiling[from])) {
                from++;
                continue;
            }
            int to = from;
            while (to < seconds && !Double.isNaN(ceiling[to])) {
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
        double[] heights = heights(values);
        StringBuilder path = new StringBuilder();
        int from = 0;
        while (from < seconds) {
            int to = from;
            while (to < seconds && !Double.isNaN(heights[to])) {
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
        lines.add(heights);
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
        path.append(command).append(Words.coordinate(x(second))).append(' ').append(Words.coordinate(height));
    }

    /** The same value all along. */
    Plot level(String cssClass, double value) {
        double[] values = new double[seconds];
        Arrays.fill(values, value);
        return line(cssClass, values);
    }

    /** From here on all is well. */
    Plot moment(String cssClass, int second) {
        root.add(vertical(cssClass, x(second)));
        return this;
    }

    /** What is said beside the shaded outage, above the plot. */
    Plot verdict(String cssClass, String text) {
        double left = x(run.outageToSecond()) + 6;
        boolean fits = left + text.length() * LETTER <= WIDTH;
        words.add(Element.of("text", cssClass)
                .with("x", fits ? left : RIGHT)
                .with("y", TOP - 7)
                .with("text-anchor", fits ? "start" : "end")
                .text(text));
        return this;
    }

    /** A point, and its word right above it. */
    Plot peak(int second, double value, String text) {
        double x = x(second + 0.5);
        double y = y(value);
        double half = text.length() * 4;
        double middle = Math.max(LEFT + half, Math.min(RIGHT - half, x));
        words.add(
                Element.of("circle", "peak").with("cx", x).with("cy", y).with("r", 3.5),
                Element.of("text", "peak-word")
                        .with("x", middle)
                        .with("y", Math.max(TOP + 10, y - 8))
                        .with("text-anchor", "middle")
                        .text(text));
        taken.add(new Box(middle - half, middle + half, y - 24, y + 4));
        return this;
    }

    /** Names a line, close to it. */
    Plot name(String cssClass, double[] values, String text) {
        double[] own = heights(values);
        double half = text.length() * LETTER / 2 + 2;
        double best = Double.NEGATIVE_INFINITY;
        Box place = null;
        for (int second = 0; second < seconds; second++) {
            double middle = x(second + 0.5);
            int from = second(middle - half);
            int to = second(middle + half);
            if (middle - half < LEFT + 2 || middle + half > RIGHT || holed(own, from, to)) {
                continue;
            }
            double least = least(own, from, to);
            double most = most(own, from, to);
            for (double base : new double[] {least - 5, most + LINE}) {
                Box box = new Box(middle - half, middle + half, base - 10, base + 3);
                double score = room(box, from, to) - (most - least);
                if (score > best) {
                    best = score;
                    place = box;
                }
            }
        }
        return place == null ? this : write(cssClass, place, text);
    }

    /** Names an area, inside of it, where it is high and long: by the first text that fits. */
    Plot inside(String cssClass, double[] low, double[] high, String... texts) {
        double[] floor = heights(low);
        double[] ceiling = heights(high);
        for (String text : texts) {
            Box[] places = new Box[seconds];
            double[] room = new double[seconds];
            for (int second = 0; second < seconds; second++) {
                places[second] = inside(floor, ceiling, second, text.length() * LETTER / 2 + 3);
                Box place = places[second];
                // Higher than that is high enough: then it is the length that counts.
                room[second] = place == null ? 0 : Math.min(3 * LINE, place.bottom - place.top);
            }
            int middle = middleOfLongest(room);
            Box place = places[middle];
            if (place != null) {
                double base = (place.top + place.bottom) / 2 + 4;
                return write(cssClass, new Box(place.left, place.right, base - 11, base + 3), text);
            }
        }
        return this;
    }

    /** The room for a word in the middle of a second; null if there is too little. */
    private @Nullable Box inside(double[] floor, double[] ceiling, int second, double half) {
        double middle = x(second + 0.5);
        int from = second(middle - half);
        int to = second(middle + half);
        if (middle - half < LEFT || middle + half > RIGHT || holed(ceiling, from, to)) {
            return null;
        }
        Box box = new Box(middle - half, middle + half, most(ceiling, from, to), least(floor, from, to));
        return box.bottom - box.top < LINE || taken.stream().anyMatch(box::meets) ? null : box;
    }

    /** Of the seconds that have the most room, the middle one of those that follow each other longest. */
    private static int middleOfLongest(double[] room) {
        double most = Arrays.stream(room).max().orElse(0) - 0.5;
        int middle = 0;
        int longest = 0;
        int length = 0;
        for (int at = 0; at < room.length; at++) {
            length = room[at] >= most ? length + 1 : 0;
            if (length > longest) {
                longest = length;
                middle = at - length / 2;
            }
        }
        return middle;
    }

    private Plot write(String cssClass, Box place, String text) {
        taken.add(place);
        words.add(Element.of("text", cssClass)
                .with("x", (place.left + place.right) / 2)
                .with("y", place.bottom - 3)
                .with("text-anchor", "middle")
                .text(text));
        return this;
    }

    /** How far a box is from everything; no more than a line of text counts. Minus infinity where it covers something. */
    private double room(Box box, int from, int to) {
        if (box.top < TOP || box.bottom > bottom || taken.stream().anyMatch(box::meets)) {
            return Double.NEGATIVE_INFINITY;
        }
        double room = LINE;
        for (double[] top : tops) {
            room = Math.min(room, above(top, box, from, to));
        }
        for (double[] line : lines) {
            double below = holed(line, from, to) ? LINE : box.top - most(line, from, to);
            room = Math.min(room, Math.max(above(line, box, from, to), below));
        }
        return room < 0 ? Double.NEGATIVE_INFINITY : room;
    }

    private static double above(double[] line, Box box, int from, int to) {
        return holed(line, from, to) ? LINE : least(line, from, to) - box.bottom;
    }

    private int second(double x) {
        return Math.max(0, Math.min(seconds - 1, (int) ((x - LEFT) / (RIGHT - LEFT) * seconds)));
    }

    private static boolean holed(double[] values, int from, int to) {
        return Arrays.stream(values, from, to + 1).anyMatch(Double::isNaN);
    }

    private static double least(double[] values, int from, int to) {
        return Arrays.stream(values, from, to + 1).min().orElse(Double.NaN);
    }

    private static double most(double[] values, int from, int to) {
        return Arrays.stream(values, from, to + 1).max().orElse(Double.NaN);
    }

    /** What a pointer is told that rests on a second. */
    Plot told(IntFunction<String> text) {
        for (int second = 0; second < seconds; second++) {
            double left = x(second);
            told.add(Element.of("g", "hit")
                    .add(
                            Element.of("title").text(text.apply(second)),
                            rect("under", left, TOP, x(second + 1) - left, bottom - TOP)));
        }
        return this;
    }

    double height() {
        return height;
    }

    Element drawn() {
        return withoutTold().add(told);
    }

    /** As nothing can be pointed at in a picture. */
    Element withoutTold() {
        return root.add(edge(run.outageFromSecond()), edge(run.outageToSecond()), words);
    }

    private Element edge(int second) {
        return vertical("outage-edge", x(second));
    }

    private Element vertical(String cssClass, double x) {
        return Element.of("line", cssClass)
                .with("x1", x)
                .with("x2", x)
                .with("y1", TOP)
                .with("y2", bottom);
    }
}
