package io.seawall.metrics;

import java.util.HashSet;
import java.util.List;

/**
 * What is measured: one name, one kind, one set of labels, whoever measures it. Immutable; cannot exist wrong.
 *
 * @param name words in lower case with {@code .} between them, as Micrometer has them: for example {@code seawall.calls}; the last is
 *     neither {@code total} nor the unit, which each exposition adds in its own way
 * @param kind what can be done with the numbers
 * @param unit {@code seconds}, or empty for a plain number
 * @param help what it is, in one sentence
 * @param labels the keys of the labels, words in lower case; their values are configured names or of a closed set, never a client
 */
public record Meter(String name, Kind kind, String unit, String help, List<String> labels) {

    /** What can be done with the numbers. */
    public enum Kind {
        /** Only grows, until its owner is gone. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** How many values there were up to each of some bounds, and their sum. */
        HISTOGRAM
    }

    /**
     * Checks that every exposition can write it, and copies the list.
     *
     * @param name see {@link #name}
     * @param kind see {@link #kind}
     * @param unit see {@link #unit}
     * @param help see {@link #help}
     * @param labels see {@link #labels}
     * @throws IllegalArgumentException if name, unit or a label is none that is allowed, or a label is there twice
     */
    public Meter {
        labels = List.copyOf(labels);
        if (!name.contains(".") || !areWords(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a metric: write words of a-z and 0-9 with '.' between"
                            + " them, two or more, for example seawall.calls");
        }
        if (name.endsWith(".total") || (!unit.isEmpty() && name.endsWith("." + unit))) {
            throw new IllegalArgumentException(
                    "'" + name + "' ends with what expositions add: leave the last word out");
        }
        if (!unit.isEmpty() && !unit.equals("seconds")) {
            throw new IllegalArgumentException(
                    "metric '" + name + "' has the unit '" + unit + "': use seconds, or none for a plain number");
        }
        if (!labels.stream().allMatch(Meter::isWord) || new HashSet<>(labels).size() < labels.size()) {
            throw new IllegalArgumentException(
                    "metric '" + name + "' has the labels " + labels + ": use words of a-z and 0-9, each once");
        }
    }

    /**
     * A counter.
     *
     * @param name see {@link #name}
     * @param help see {@link #help}
     * @param labels see {@link #labels}
     * @return a plain number that only grows
     */
    public static Meter counter(String name, String help, String... labels) {
        return new Meter(name, Kind.COUNTER, "", help, List.of(labels));
    }

    /**
     * A gauge.
     *
     * @param name see {@link #name}
     * @param help see {@link #help}
     * @param labels see {@link #labels}
     * @return a plain number
     */
    public static Meter gauge(String name, String help, String... labels) {
        return new Meter(name, Kind.GAUGE, "", help, List.of(labels));
    }

    /**
     * A histogram of durations.
     *
     * @param name see {@link #name}
     * @param help see {@link #help}
     * @param labels see {@link #labels}
     * @return in seconds
     */
    public static Meter durations(String name, String help, String... labels) {
        return new Meter(name, Kind.HISTOGRAM, "seconds", help, List.of(labels));
    }

    private static boolean areWords(String name) {
        for (String word : name.split("\\.", -1)) {
            if (!isWord(word)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(String word) {
        return !word.isEmpty()
                && word.charAt(0) >= 'a'
                && word.charAt(0) <= 'z'
                && word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }
}
