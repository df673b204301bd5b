package io.seawall.storm;

import io.seawall.storm.report.Report;
import io.seawall.storm.report.StoryFile;
import io.seawall.storm.story.Story;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.logging.LogManager;

/**
 * Replays the story of an outage and writes the report, in less than five minutes; ends earlier when it is told to (Ctrl-C).
 *
 * <p>Exit codes: 2 for a command line that it does not understand, 1 if the story cannot be replayed or the report not be
 * written.
 */
public final class StormLab {

    private static final int BAD_OPTION = 2;

    private static final int FAILED = 1;

    private StormLab() {}

    /**
     * Runs the lab.
     *
     * @param arguments {@code --help} tells them
     * @throws Exception if the lab itself is broken: its jar lacks a part
     */
    public static void main(String[] arguments) throws Exception {
        StormOptions options;
        try {
            options = StormOptions.parse(List.of(arguments));
        } catch (BadOptionException bad) {
            fail(BAD_OPTION, bad.getMessage() + System.lineSeparator() + "--help tells more.");
            return;
        }
        if (options.help()) {
            System.out.print(StormOptions.USAGE);
            return;
        }
        configureLogging();
        run(options);
    }

    private static void run(StormOptions options) throws URISyntaxException, InterruptedException {
        Children children = new Children();
        Runtime.getRuntime().addShutdownHook(new Thread(children::end, "goodbye"));
        try {
            // Before five minutes are spent on it.
            Path directory =
                    Objects.requireNonNull(options.report().toAbsolutePath().getParent());
            Files.createDirectories(directory);
            Story story = new Replay(options, shopJar(), System.out, children).run();
            Report.write(story, options.report());
            StoryFile.write(story, options.figures());
            if (options.pictures() != null) {
                Report.writePictures(story, options.pictures());
            }
            System.out.println();
            System.out.print(Table.text(story));
            System.out.println();
            System.out.println("The report: " + options.report().toAbsolutePath());
            System.exit(0);
        } catch (ReplayFailedException failed) {
            fail(FAILED, Objects.requireNonNull(failed.getMessage()));
        } catch (IOException notWritten) {
            fail(FAILED, "The report cannot be written to " + options.report() + ": " + notWritten);
        }
    }

    /** Beside the jar of the lab. */
    private static Path shopJar() throws URISyntaxException {
        Path self = Path.of(StormLab.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Objects.requireNonNull(self.getParent()).resolve("shop").resolve("seawall-demo.jar");
    }

    private static void configureLogging() throws IOException {
        try (InputStream settings = StormLab.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(Objects.requireNonNull(settings));
        }
    }

    /** Ends the process, with whatever threads it has by now. */
    private static void fail(int status, String message) {
        System.err.println(message);
        System.exit(status);
    }
}
