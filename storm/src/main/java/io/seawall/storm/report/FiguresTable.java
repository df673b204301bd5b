package io.seawall.storm.report;

import io.seawall.storm.story.Figures;
import io.seawall.storm.story.Run;
import io.seawall.storm.story.Story;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One row a run, one column a figure. The best and the worst of a column say so in a word. */
final class FiguresTable {

    /**
     * A figure.
     *
     * @param rank what it is judged by, the less the better; null if it tells nothing about the run. Not a number: not judged
     */
    private record Figure(
            String heading,
            String unit,
            Function<Figures, String> words,
            @Nullable ToDoubleFunction<Figures> rank) {}

    private static final List<Figure> FIGURES = List.of(
            new Figure(
                    "Peak load",
                    "on the backend, × offered",
                    figures -> Words.times(figures.peakAmplification()),
                    Figures::peakAmplification),
            new Figure(
                    "Mean load",
                    "in the outage, × offered",
                    figures -> Words.times(figures.meanAmplification()),
                    Figures::meanAmplification),
            new Figure("Before", "fresh answers a second", figures -> Words.count(figures.goodputBefore()), null),
            new Figure("During", "fresh answers a second", figures -> Words.count(figures.goodputDuring()), null),
            new Figure(
                    "After",
                    "fresh answers a second",
                    figures -> Words.count(figures.goodputAfter()),
                    figures -> -figures.goodputAfter()),
            new Figure(
                    "Ended well",
                    "in the outage, of all",
                    figures -> Words.percent(figures.successDuring()),
                    figures -> -figures.successDuring()),
            new Figure(
                    "Well again",
                    "above 99 %, after the return",
                    figures -> recovery(figures.secondsToRecover()),
                    figures -> rank(figures.secondsToRecover())),
            new Figure(
                    "Fresh again",
                    "above 99 %, after the return",
                    figures -> recovery(figures.secondsToFresh()),
                    figures -> rank(figures.secondsToFresh())));

    private FiguresTable() {}

    private static String recovery(OptionalInt seconds) {
        return seconds.isEmpty() ? "never" : Words.seconds(seconds.getAsInt());
    }

    private static double rank(OptionalInt seconds) {
        return seconds.isEmpty() ? Double.MAX_VALUE : seconds.getAsInt();
    }

    /** Roles are written out, as a narrow screen shows rows as blocks, and some browsers then take them for no table. */
    static Element of(Story story) {
        List<Figures> all = story.runs().stream().map(Figures::of).toList();
        Element head = Element.of("tr")
                .with("role", "row")
                .add(Element.of("th")
                        .with("role", "columnheader")
                        .with("scope", "col")
                        .text("Run"));
        for (Figure figure : FIGURES) {
            head.add(Element.of("th", "number")
                    .with("role", "columnheader")
                    .with("scope", "col")
                    .text(figure.heading)
                    .add(Element.of("span", "unit").text(" " + figure.unit)));
        }
        Element body = Element.of("tbody").with("role", "rowgroup");
        for (int at = 0; at < all.size(); at++) {
            body.add(row(story.runs().get(at), all.get(at), all));
        }
        return Element.of("table", "figures")
                .with("role", "table")
                .add(
                        Element.of("caption", "unseen").text("What every run comes to"),
                        Element.of("thead").with("role", "rowgroup").add(head),
                        body);
    }

    private static Element row(Run run, Figures figures, List<Figures> all) {
        Element row = Element.of("tr")
                .with("role", "row")
                .add(Element.of("th")
                        .with("role", "rowheader")
                        .with("scope", "row")
                        .text(run.title())
                        .add(Element.of("span", "unit").text(" " + run.change())));
        for (Figure figure : FIGURES) {
            Element cell = Element.of("td", "number")
                    .with("role", "cell")
                    .with("data-label", figure.heading + ", " + figure.unit)
                    .add(Element.of("span", "figure").text(figure.words.apply(figures)));
            if (figure.rank != null) {
                judge(cell, figure, figure.rank, figures, all);
            }
            row.add(cell);
        }
        return row;
    }

    /** What reads the same is the same: nobody is best by a digit that is not shown. */
    private static void judge(
            Element cell, Figure figure, ToDoubleFunction<Figures> rank, Figures own, List<Figures> all) {
        List<Figures> known = all.stream()
                .filter(one -> !Double.isNaN(rank.applyAsDouble(one)))
                .sorted(Comparator.comparingDouble(rank))
                .toList();
        String words = figure.words.apply(own);
        if (known.size() < all.size() || !isRare(words, figure, all)) {
            return;
        }
        if (words.equals(figure.words.apply(known.get(0)))) {
            cell.add(Element.of("span", "best").text("▲ best"));
        } else if (words.equals(figure.words.apply(known.get(known.size() - 1)))) {
            cell.add(Element.of("span", "worst").text("▼ worst"));
        }
    }

    /** A word at every second row would tell nothing. */
    private static boolean isRare(String words, Figure figure, List<Figures> all) {
        return 2
                        * all.stream()
                                .filter(one -> words.equals(figure.words.apply(one)))
                                .count()
                <= all.size();
    }
}
