package io.seawall.storm.report;

import io.seawall.storm.story.Story;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The report of a story: one HTML file that opens anywhere. It has no script and asks for nothing else; its plots are SVG.
 */
public final class Report {

    private Report() {}

    /**
     * Writes the report.
     *
     * @param story what to show
     * @param file where to: it is replaced, and its directory made if need be
     * @throws IOException if it cannot be written
     */
    public static void write(Story story, Path file) throws IOException {
        put(file, new Page(story).html());
    }

    /**
     * Writes the pictures for documents: {@code storm.svg}, the first run beside the last, and for every chart of the report one
     * with all runs, as {@code storm-load.svg}. Each of them has a twin for the night, as {@code storm-dark.svg}.
     *
     * @param story what to show
     * @param directory where to: it is made if need be
     * @throws IOException if they cannot be written
     */
    public static void writePictures(Story story, Path directory) throws IOException {
        for (Palette palette : Palette.values()) {
            String ending = palette == Palette.LIGHT ? ".svg" : "-dark.svg";
            put(directory.resolve("storm" + ending), Pictures.firstAndLast(story, palette));
            for (Chart chart : Page.charts(story)) {
                put(directory.resolve("storm-" + chart.name() + ending), Pictures.allRuns(story, chart, palette));
            }
        }
    }

    private static void put(Path file, String text) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, text);
    }

    static String style(String name) {
        try (InputStream in = Objects.requireNonNull(Report.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
