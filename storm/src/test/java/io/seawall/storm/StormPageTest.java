package io.seawall.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.storm.report.StoryFile;
import io.seawall.storm.story.Figures;
import io.seawall.storm.story.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** docs/storm.md tells of the replay that lies beside its pictures. */
class StormPageTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void the_table_has_the_figures_of_the_replay() throws IOException {
        List<Run> runs = StoryFile.read(DOCS.resolve("images/storm.json")).runs();
        assertThat(runs).hasSize(5);
        assertThat(Files.readAllLines(DOCS.resolve("storm.md")))
                .containsSequence(runs.stream().map(StormPageTest::row).toList());
    }

    private static String row(Run run) {
        Figures figures = Figures.of(run);
        return String.join(
                " | ",
                "| `" + run.name() + "`",
                load(figures.peakAmplification()),
                load(figures.meanAmplification()),
                String.format(Locale.ROOT, "%.0f", figures.goodputBefore()),
                String.format(Locale.ROOT, "%.0f", figures.goodputAfter()),
                String.format(Locale.ROOT, "%.1f %%", 100 * figures.successDuring()),
                again(figures.secondsToRecover()),
                again(figures.secondsToFresh()) + " |");
    }

    private static String load(double times) {
        return String.format(Locale.ROOT, times < 10 ? "%.2f" : "%.1f", times);
    }

    private static String again(OptionalInt seconds) {
        return seconds.isPresent() ? "after " + seconds.getAsInt() + " s" : "never";
    }
}
