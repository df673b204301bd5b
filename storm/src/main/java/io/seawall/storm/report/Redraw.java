package io.seawall.storm.report;

import io.seawall.storm.story.Story;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the report of a story again, and its pictures, without a replay. */
public final class Redraw {

    private static final String USAGE =
            "Usage: Redraw STORY.json REPORT.html [PICTURES]\nSTORY.json: what the storm lab has written beside its"
                    + " report. PICTURES: a directory for the SVG files of the documents.";

    private Redraw() {}

    /**
     * Starts it.
     *
     * @param arguments the story's file, the report's file, and, if pictures are wanted, their directory
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || arguments.length > 3) {
            throw new IllegalArgumentException(USAGE);
        }
        Story story = StoryFile.read(Path.of(arguments[0]));
        Report.write(story, Path.of(arguments[1]));
        if (arguments.length == 3) {
            Report.writePictures(story, Path.of(arguments[2]));
        }
    }
}
