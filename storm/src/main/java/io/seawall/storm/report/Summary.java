package io.seawall.storm.report;

import io.seawall.storm.story.Figures;
import io.seawall.storm.story.Run;
import io.seawall.storm.story.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The story in three sentences, made of its figures: where it plays, how its first run ends, and its last; and a word of every run
 * that the machine was too slow for.
 */
final class Summary {

    private Summary() {}

    static List<String> of(Story story) {
        List<String> sentences = new ArrayList<>();
        if (story.runs().isEmpty()) {
            return List.of("Nothing was run.");
        }
        Run first = story.runs().get(0);
        Figures found = Figures.of(first);
        sentences.add(Words.count(story.clients()) + " clients ask " + Words.count(found.offered())
                + " times a second; the backend can answer " + Words.count(story.backendCapacityPerSecond())
                + ", and for " + seconds(first.outageToSecond() - first.outageFromSecond()) + " it is down.");
        sentences.add(ending(first, found));
        if (story.runs().size() > 1) {
            Run last = story.runs().get(story.runs().size() - 1);
            sentences.add(ending(last, Figures.of(last)));
        }
        story.runs().stream()
                .filter(run -> !run.isFit())
                .forEach(run -> sentences.add(run.title() + ": " + String.join(", and ", run.doubts())
                        + ". The machine was too busy, and the figures of this run tell of it."));
        return sentences;
    }

    /** One run in one line. */
    static String inShort(Run run) {
        Figures figures = Figures.of(run);
        return "Peak in the outage " + Words.times(figures.peakAmplification()) + " offered; "
                + recovery(figures.secondsToRecover());
    }

    /** How long after the backend's return a run was well again. */
    static String recovery(OptionalInt seconds) {
        if (seconds.isEmpty()) {
            return "does not recover";
        }
        return seconds.getAsInt() == 0 ? "well again at once" : "well again after " + Words.seconds(seconds.getAsInt());
    }

    private static String ending(Run run, Figures figures) {
        return run.title() + ": " + Words.times(figures.peakAmplification())
                + " what is offered reaches the backend in the busiest second of the outage, "
                + Words.percent(figures.successDuring()) + " of all requests end well while it is down, and "
                + afterwards(run, figures) + ".";
    }

    private static String afterwards(Run run, Figures figures) {
        if (figures.secondsToRecover().isEmpty()) {
            return "in the " + seconds(run.seconds().size() - run.outageToSecond())
                    + " after its return nothing recovers";
        }
        int well = figures.secondsToRecover().getAsInt();
        String words = well == 0
                ? "all is well at once when it is back"
                : "all is well again " + seconds(well) + " after its return";
        if (figures.secondsToFresh().equals(figures.secondsToRecover())) {
            return words;
        }
        return words
                + (figures.secondsToFresh().isEmpty()
                        ? ", though not with fresh answers"
                        : ", with fresh answers after "
                                + seconds(figures.secondsToFresh().getAsInt()));
    }

    private static String seconds(int seconds) {
        return seconds + (seconds == 1 ? " second" : " seconds");
    }
}
