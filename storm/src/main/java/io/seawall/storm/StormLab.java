package io.seawall.storm;

import io.seawall.storm.report.Report;
import io.seawall.storm.report.StoryFile;
import io.seawall.storm.story.Story;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * Replays the story of an outage and writes the report, in less than five minutes; ends earlier when it is told to (Ctrl-C).
 *
 * <p>Exit codes: 2 for a command line that it does not understand, 1 if the story cannot be replayed or the report not be
 * written, 3 if the machine is so slow that the time is over before the story.
 */
public final class StormLab {

    private static final int BAD_OPTION = 2;

    private static final int FAILED = 1;

    private static final int TOO_SLOW = 3;

    /** Of the time of a replay, what is left for the report. */
    private static final Duration WRITING = Duration.ofSeconds(3);

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
        LastResort.in(StormOptions.LONGEST, children, TOO_SLOW);
        try {
            // Before five minutes are spent on it.
            Files.createDirectories(
                    Objects.requireNonNull(options.report().toAbsolutePath().getParent()));
            mustBeWritable(options.report());
            mustBeWritable(options.figures());
            if (options.pictures() != null) {
                Files.createDirectories(options.pictures());
            }
            Teller out = new Teller(System.out);
            Replay replay = new Replay(options, shopJar(), out, children);
            ReplayFailedException failed = replay(replay, out);
            Story story = replay.story();
            if (!story.runs().isEmpty()) {
                write(story, options);
            }
            if (failed != null) {
                fail(
                        failed instanceof TooSlowException ? TOO_SLOW : FAILED,
                        failed.getMessage()
                                + (story.runs().isEmpty() ? "" : " The report tells of the runs before it."));
            }
            System.exit(0);
        } catch (IOException notWritten) {
            fail(FAILED, "The report cannot be written to " + options.report() + ": " + notWritten);
        }
    }

    /** Why not all of it could be replayed; null if it could. */
    private static @Nullable ReplayFailedException replay(Replay replay, Teller out) throws InterruptedException {
        try {
            replay.run(StormOptions.LONGEST.minus(WRITING));
            return null;
        } catch (ReplayFailedException failed) {
            return failed;
        } finally {
            out.finish();
        }
    }

    /** Where there is no room for a report, there is still one for the table. */
    private static void write(Story story, StormOptions options) throws IOException {
        try {
            StoryFile.write(story, options.figures());
            Report.write(story, options.report());
            if (options.pictures() != null) {
                Report.writePictures(story, options.pictures());
            }
        } finally {
            System.out.println(System.lineSeparator() + Table.text(story));
        }
        System.out.println("The report: " + options.report().toAbsolutePath());
    }

    /** What is there already stays as it is until there is something better, and nothing is there before. */
    private static void mustBeWritable(Path file) throws IOException {
        boolean isThere = Files.exists(file);
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                .close();
        if (!isThere) {
            Files.delete(file);
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
