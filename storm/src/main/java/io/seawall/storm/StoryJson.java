package io.seawall.storm;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.seawall.storm.story.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The figures as JSON. */
final class StoryJson {

    private StoryJson() {}

    static void write(Story story, Path file) throws IOException {
        JsonSerializer<Instant> instant = (value, type, context) -> new JsonPrimitive(value.toString());
        Files.writeString(
                file,
                new GsonBuilder()
                        .registerTypeAdapter(Instant.class, instant)
                        .create()
                        .toJson(story));
    }
}
