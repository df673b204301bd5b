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
        List<Run> runs = runs();
        assertThat(runs).hasSize(5);
        assertThat(Files.readAllLines(DOCS.resolve("storm.md")))
                .containsSequence(runs.stream().map(StormPageTest::row).toList());
    }

    @Test
    void the_replay_shows_what_is_claimed_of_all_of_seawall() throws IOException {
        Figures seawall = Figures.of(runs().get(4));
        assertThat(seawall.peakAmplification()).isLessThanOrEqualTo(1.2);
        assertThat(seawall.secondsToRecover().orElseThrow()).isLessThanOrEqualTo(5);
        assertThat(seawall.secondsToFresh().orElseThrow()).isLessThanOrEqualTo(5);
        assertThat(runs()).allMatch(Run::isFit);
    }

    @Test
    void whoever_does_not_see_the_picture_hears_its_figures() throws IOException {
        String heard = "alt=\"Requests that reach the backend: in the outage, as the article found it, up to "
                + load(Figures.of(runs().get(0)).peakAmplification())
                + " times what is offered, and it does not recover; with all of Seawall "
                + load(Figures.of(runs().get(4)).peakAmplification()) + " times, and it is well again at once\"";
        assertThat(Figures.of(runs().get(0)).secondsToRecover()).isEmpty();
        assertThat(Figures.of(runs().get(4)).secondsToRecover()).hasValue(0);
        assertThat(Files.readString(DOCS.resolve("storm.md"))).contains(heard);
        assertThat(Files.readString(DOCS.resolve("../README.md"))).contains(heard);
    }

    private static List<Run> runs() throws IOException {
        return StoryFile.read(DOCS.resolve("images/storm.json")).runs();
    }

    private static String row(Run run) {
        Figures figures = Figures.of(run);
        return String.join(
                " | ",
                "| `" + run.name() + "`",
                load(figures.peakAmplification()),
                load(figures.meanAmplification()),
                String.format(Locale.ROOT, "%.0f", figures.goodputBefore()),
                String.format(Locale.ROOT, "%.0f", figures.goodputDuring()),
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
