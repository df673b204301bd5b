package io.seawall.storm.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.seawall.storm.story.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoryFileTest {

    @TempDir
    private Path directory;

    @Test
    void what_is_read_is_what_was_written() throws Exception {
        Path file = directory.resolve("new").resolve("storm.json");
        Story story = SampleStory.story();

        StoryFile.write(story, file);

        assertThat(StoryFile.read(file)).isEqualTo(story);
    }

    @Test
    void a_story_of_nothing_and_of_strange_texts_is_one_too() throws Exception {
        Story story = new Story(Instant.EPOCH, "\"quoted\" \\ <b> \u0001 ü 🌊", 0, 0, List.of());

        StoryFile.write(story, directory.resolve("storm.json"));

        assertThat(StoryFile.read(directory.resolve("storm.json"))).isEqualTo(story);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"startedAt\": \"yesterday\", \"machine\": \"\", \"clients\": 1, \"backendCapacityPerSecond\": 1, \"runs\": []}",
                "{\"startedAt\": \"2026-11-30T00:00:00Z\", \"machine\": 7, \"clients\": 1, \"backendCapacityPerSecond\": 1, \"runs\": []}"
            })
    void another_file_is_refused_by_name(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("other.json"), text);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoryFile.read(file))
                .withMessageContaining("other.json is not a story that the storm lab has written");
    }

    @Test
    void what_nobody_has_measured_is_left_out_and_may_be_missing() throws Exception {
        Path file = directory.resolve("storm.json");
        StoryFile.write(SampleStory.story(), file);
        String written = Files.readString(file);

        Files.writeString(file, written.replace("\"lateMillis\":4.5,", ""));
        assertThat(StoryFile.read(file).runs()).allMatch(run -> Double.isNaN(run.lateMillis()) && run.isFit());
        StoryFile.write(StoryFile.read(file), file);
        assertThat(file).content().contains("\"lateMillis\":null,");
        assertThat(StoryFile.read(file).runs()).allMatch(run -> Double.isNaN(run.lateMillis()));
    }

    @Test
    void numbers_without_end_are_refused() throws Exception {
        Path file = directory.resolve("storm.json");
        StoryFile.write(SampleStory.story(), file);
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"p99Millis\":\\[[^,]+,", "\"p99Millis\":[1e999,"));

        assertThatIllegalArgumentException().isThrownBy(() -> StoryFile.read(file));
    }

    @Test
    void a_column_that_is_too_short_is_told() throws Exception {
        Path file = directory.resolve("storm.json");
        StoryFile.write(SampleStory.story(), file);
        Files.writeString(file, Files.readString(file).replaceFirst("\"queued\":\\[\\d+,", "\"queued\":["));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoryFile.read(file))
                .withMessageContaining("queued has 59 seconds, and offered has 60");
    }
}
