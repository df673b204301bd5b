package io.seawall.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.seawall.storm.report.StoryFile;
import io.seawall.storm.story.Figures;
import io.seawall.storm.story.Run;
import io.seawall.storm.story.Second;
import io.seawall.storm.story.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the lab as a process of its own: a short story, that holds what the long one tells, and its ends. */
class StormLabIT {

    /** Many times what it takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path directory;

    @Test
    void what_is_found_everywhere_becomes_a_storm_and_seawall_does_not() throws Exception {
        Path report = directory.resolve("storm.html");
        Process lab = lab(
                "--runs article-found,all-of-seawall --clients 200 --rate 25 --before 3 --down 8 --after 8 --report",
                report.toString());
        try {
            assertThat(lab.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(lab.exitValue()).as(said()).isZero();
        } finally {
            lab.destroyForcibly();
        }

        assertThat(report).content().contains("As the article found it", "All of Seawall");
        Story story = StoryFile.read(directory.resolve("storm.json"));
        assertThat(story.runs()).extracting(Run::name).containsExactly("article-found", "all-of-seawall");
        for (Run run : story.runs()) {
            Assumptions.assumeTrue(
                    run.isFit(), "the machine was too slow: " + run.name() + " was ill before the outage");
        }
        Figures found = Figures.of(story.runs().get(0));
        Figures seawall = Figures.of(story.runs().get(1));
        assertThat(found.peakAmplification()).as(said()).isGreaterThanOrEqualTo(2);
        assertThat(seawall.peakAmplification()).as(said()).isLessThanOrEqualTo(1.5);
        assertThat(seawall.meanAmplification()).isLessThan(found.meanAmplification() / 2);
        assertThat(seawall.successDuring()).isGreaterThan(0.9).isGreaterThan(found.successDuring());
        assertThat(seawall.secondsToRecover()).as(said()).isPresent();
        assertThat(freshInTheEnd(story.runs().get(1))).as(said()).isGreaterThan(0.9);
        for (Second second : story.runs().get(1).seconds()) {
            assertThat(second.fresh() + second.degraded() + second.limited() + second.failed())
                    .as("every question of second " + second.second() + " has its end")
                    .isEqualTo(second.offered());
        }
    }

    @Test
    void a_lab_that_is_told_to_stop_takes_its_shop_with_it() throws Exception {
        assertThatItsShopEndsWith(Process::destroy);
    }

    @Test
    void a_lab_that_is_killed_takes_its_shop_with_it() throws Exception {
        assertThatItsShopEndsWith(Process::destroyForcibly);
    }

    @Test
    void a_bad_option_is_told_in_a_line() throws Exception {
        Process lab = lab("--rate", "fast");

        assertThat(lab.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(lab.exitValue()).isEqualTo(2);
        assertThat(said()).contains("--rate is 'fast'", "--help tells more.").doesNotContain("\tat ");
    }

    private void assertThatItsShopEndsWith(Consumer<Process> end) throws IOException {
        Process lab = lab(
                "--runs all-of-seawall --report",
                directory.resolve("storm.html").toString());
        try {
            await().atMost(PATIENCE).until(() -> said().contains("The shop gets warm"));
            List<ProcessHandle> shops = lab.children().toList();
            assertThat(shops).hasSize(1);

            end.accept(lab);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !lab.isAlive() && shops.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            lab.descendants().forEach(ProcessHandle::destroyForcibly);
            lab.destroyForcibly();
        }
    }

    /** Of the last three seconds, fresh answers by questions. */
    private static double freshInTheEnd(Run run) {
        return fresh(
                run.seconds().subList(run.seconds().size() - 3, run.seconds().size()));
    }

    private static double fresh(List<Second> seconds) {
        return (double) seconds.stream().mapToLong(Second::fresh).sum()
                / seconds.stream().mapToLong(Second::offered).sum();
    }

    private Process lab(String options, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-jar",
                Path.of("target", "seawall-storm.jar").toString()));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
    }

    private String said() {
        try {
            return Files.readString(directory.resolve("said"));
        } catch (IOException nothing) {
            return "";
        }
    }
}
