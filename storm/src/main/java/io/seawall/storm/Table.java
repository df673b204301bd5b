package io.seawall.storm;

import io.seawall.storm.story.Figures;
import io.seawall.storm.story.Run;
import io.seawall.storm.story.Story;
import java.util.Locale;
import java.util.OptionalInt;

/** What the runs have come to, for a terminal. */
final class Table {

    private Table() {}

    static String text(Story story) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-16s %17s %18s %15s %15s %13s %13s%n",
                "",
                "peak load/offered",
                "ended well, outage",
                "fresh/s, outage",
                "fresh/s, after",
                "well again",
                "fresh again"));
        for (Run run : story.runs()) {
            Figures figures = Figures.of(run);
            text.append(String.format(
                    Locale.ROOT,
                    "%-16s %16.2fx %17.1f%% %15.1f %15.1f %13s %13s%n",
                    run.name(),
                    figures.peakAmplification(),
                    100 * figures.successDuring(),
                    figures.goodputDuring(),
                    figures.goodputAfter(),
                    after(figures.secondsToRecover()),
                    after(figures.secondsToFresh())));
        }
        story.runs().stream()
                .filter(run -> !run.isFit())
                .forEach(run -> text.append(String.format(
                        "%s: %s. This machine was too busy, and the figures tell of it. Try again with nothing else running,"
                                + " or with a lower --rate.%n",
                        run.name(), String.join(", and ", run.doubts()))));
        return text.toString();
    }

    private static String after(OptionalInt seconds) {
        return seconds.isPresent() ? "after " + seconds.getAsInt() + " s" : "never";
    }
}
