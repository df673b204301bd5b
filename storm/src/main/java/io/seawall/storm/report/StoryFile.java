package io.seawall.storm.report;

import io.seawall.storm.story.Run;
import io.seawall.storm.story.Second;
import io.seawall.storm.story.Story;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A story as JSON, so that a report can be made again without a replay. The seconds of a run are a table, one array a column:
 * {@code "seconds": {"offered": [1000, 998, …], "sent": […], …}}.
 */
public final class StoryFile {

    private StoryFile() {}

    /**
     * Writes a story.
     *
     * @param story what to write
     * @param file where to: it is replaced, and its directory made if need be
     * @throws IOException if it cannot be written
     */
    public static void write(Story story, Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try (Writer writer = Files.newBufferedWriter(file);
                JsonWriter json = Json.createWriter(writer)) {
            json.writeObject(written(story));
        }
    }

    /**
     * Reads a story.
     *
     * @param file a file that {@link #write} has written
     * @return the story
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it holds something else
     */
    public static Story read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file);
                JsonReader json = Json.createReader(reader)) {
            return read(json.readObject());
        } catch (JsonException
                | DateTimeException
                | ClassCastException
                | NullPointerException
                | IndexOutOfBoundsException
                | IllegalArgumentException e) {
            // What a tree of JSON throws if a member is missing, of another kind, or too short.
            throw new IllegalArgumentException(file + " is not a story that the storm lab has written: " + e, e);
        }
    }

    private static JsonObject written(Story story) {
        JsonArrayBuilder runs = Json.createArrayBuilder();
        story.runs().forEach(run -> runs.add(written(run)));
        return Json.createObjectBuilder()
                .add("startedAt", story.startedAt().toString())
                .add("machine", story.machine())
                .add("clients", story.clients())
                .add("backendCapacityPerSecond", story.backendCapacityPerSecond())
                .add("runs", runs)
                .build();
    }

    private static JsonObjectBuilder written(Run run) {
        JsonObjectBuilder seconds = Json.createObjectBuilder();
        for (Column column : Column.values()) {
            JsonArrayBuilder values = Json.createArrayBuilder();
            run.seconds().forEach(second -> column.add(second, values));
            seconds.add(column.key(), values);
        }
        return Json.createObjectBuilder()
                .add("name", run.name())
                .add("title", run.title())
                .add("change", run.change())
                .add("outageFromSecond", run.outageFromSecond())
                .add("outageToSecond", run.outageToSecond())
                .add("lateMillis", Double.isNaN(run.lateMillis()) ? JsonValue.NULL : Json.createValue(run.lateMillis()))
                .add("seconds", seconds);
    }

    private static Story read(JsonObject story) {
        List<Run> runs = new ArrayList<>();
        for (JsonObject run : story.getJsonArray("runs").getValuesAs(JsonObject.class)) {
            runs.add(new Run(
                    run.getString("name"),
                    run.getString("title"),
                    run.getString("change"),
                    run.getInt("outageFromSecond"),
                    run.getInt("outageToSecond"),
                    seconds(run.getJsonObject("seconds")),
                    lateMillis(run)));
        }
        return new Story(
                Instant.parse(story.getString("startedAt")),
                story.getString("machine"),
                story.getInt("clients"),
                story.getInt("backendCapacityPerSecond"),
                runs);
    }

    /** What was written before it was measured has none. */
    private static double lateMillis(JsonObject run) {
        return !run.containsKey("lateMillis") || run.isNull("lateMillis")
                ? Double.NaN
                : run.getJsonNumber("lateMillis").doubleValue();
    }

    private static List<Second> seconds(JsonObject columns) {
        int size = columns.getJsonArray(Column.OFFERED.key()).size();
        for (Column column : Column.values()) {
            JsonArray values = columns.getJsonArray(column.key());
            if (values.size() != size) {
                throw new IllegalArgumentException(
                        column.key() + " has " + values.size() + " seconds, and offered has " + size);
            }
        }
        List<Second> seconds = new ArrayList<>();
        for (int at = 0; at < size; at++) {
            seconds.add(new Second(
                    at,
                    Column.OFFERED.count(columns, at),
                    Column.SENT.count(columns, at),
                    Column.BACKEND.count(columns, at),
                    Column.FRESH.count(columns, at),
                    Column.DEGRADED.count(columns, at),
                    Column.LIMITED.count(columns, at),
                    Column.FAILED.count(columns, at),
                    Column.P50.millis(columns, at),
                    Column.P95.millis(columns, at),
                    Column.P99.millis(columns, at),
                    Math.toIntExact(Column.QUEUED.count(columns, at)),
                    Math.toIntExact(Column.CONNECTIONS.count(columns, at))));
        }
        return seconds;
    }
}
