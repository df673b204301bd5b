package io.seawall.storm.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words in a plot. A word goes where it covers nothing, and is left out if there is no such place. */
final class Labels {

    /** Of text of 12 pixels, in the widest font that a system is likely to have. */
    static final double LETTER = 6.6;

    private static final double LINE = 13;

    private record Box(double left, double right, double top, double bottom) {

        boolean meets(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    private final Frame frame;
    private final Element words = Element.of("g", "words");

    /** Lines that words must not cross. */
    private final List<double[]> lines = new ArrayList<>();

    /** Lines that words must stay above, as all below is filled. */
    private final List<double[]> tops = new ArrayList<>();

    private final List<Box> taken = new ArrayList<>();

    Labels(Frame frame) {
        this.frame = frame;
    }

    Element drawn() {
        return words;
    }

    /** No word crosses it. */
    void keepOffLine(double[] heights) {
        lines.add(heights);
    }

    /** No word goes below it. */
    void keepOffArea(double[] top) {
        tops.add(top);
    }

    /** A word of which somebody else says where it goes. */
    void add(Element word) {
        words.add(word);
    }

    /** A point, and its word right above it. */
    void peak(double x, double y, String text) {
        double half = text.length() * 4;
        double middle = Math.max(Frame.LEFT + half, Math.min(Frame.RIGHT - half, x));
        words.add(
                Element.of("circle", "peak").with("cx", x).with("cy", y).with("r", 3.5),
                Element.of("text", "peak-word")
                        .with("x", middle)
                        .with("y", Math.max(Frame.TOP + 10, y - 8))
                        .with("text-anchor", "middle")
                        .text(text));
        taken.add(new Box(middle - half, middle + half, y - 24, y + 4));
    }

    /** Names a line, close to it. */
    void name(String cssClass, double[] own, String text) {
        double half = text.length() * LETTER / 2 + 2;
        double best = Double.NEGATIVE_INFINITY;
        Box place = null;
        for (int second = 0; second < frame.seconds(); second++) {
            double middle = frame.x(second + 0.5);
            int from = frame.second(middle - half);
            int to = frame.second(middle + half);
            if (middle - half < Frame.LEFT + 2 || middle + half > Frame.RIGHT || holed(own, from, to)) {
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
        if (place != null) {
            write(cssClass, place, text);
        }
    }

    /** Names an area, inside of it, where it is high and long: by the first text that fits. */
    void inside(String cssClass, double[] floor, double[] ceiling, String... texts) {
        for (String text : texts) {
            Box[] places = new Box[frame.seconds()];
            double[] room = new double[frame.seconds()];
            for (int second = 0; second < frame.seconds(); second++) {
                places[second] = inside(floor, ceiling, second, text.length() * LETTER / 2 + 3);
                Box place = places[second];
                // Higher than that is high enough: then it is the length that counts.
                room[second] = place == null ? 0 : Math.min(3 * LINE, place.bottom - place.top);
            }
            int middle = middleOfLongest(room);
            Box place = places[middle];
            if (place != null) {
                double base = (place.top + place.bottom) / 2 + 4;
                write(cssClass, new Box(place.left, place.right, base - 11, base + 3), text);
                return;
            }
        }
    }

    /** The room for a word in the middle of a second; null if there is too little. */
    private @Nullable Box inside(double[] floor, double[] ceiling, int second, double half) {
        double middle = frame.x(second + 0.5);
        int from = frame.second(middle - half);
        int to = frame.second(middle + half);
        if (middle - half < Frame.LEFT || middle + half > Frame.RIGHT || holed(ceiling, from, to)) {
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

    private void write(String cssClass, Box place, String text) {
        taken.add(place);
        words.add(Element.of("text", cssClass)
                .with("x", (place.left + place.right) / 2)
                .with("y", place.bottom - 3)
                .with("text-anchor", "middle")
                .text(text));
    }

    /** How far a box is from everything; no more than a line of text counts. Minus infinity where it covers something. */
    private double room(Box box, int from, int to) {
        if (box.top < Frame.TOP || box.bottom > frame.bottom() || taken.stream().anyMatch(box::meets)) {
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

    private static boolean holed(double[] values, int from, int to) {
        return Arrays.stream(values, from, to + 1).anyMatch(Double::isNaN);
    }

    private static double least(double[] values, int from, int to) {
        return Arrays.stream(values, from, to + 1).min().orElse(Double.NaN);
    }

    private static double most(double[] values, int from, int to) {
        return Arrays.stream(values, from, to + 1).max().orElse(Double.NaN);
    }
}
