package io.seawall.storm;

import io.seawall.storm.backend.Capacity;
import io.seawall.storm.backend.Outage;
import io.seawall.storm.clients.Clients;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param runs names of the runs, in the order of the story; empty for all
 * @param clients how many there are
 * @param rate questions of all of them in a second
 * @param clientRetries how often a client tries again
 * @param outage how the backend is down
 * @param before seconds of a run before the outage
 * @param down seconds of the outage
 * @param after seconds after it
 * @param report where the report goes
 * @param pictures the directory for pictures of the plots; null for none
 * @param help only tell how to use the lab
 */
record StormOptions(
        List<String> runs,
        int clients,
        int rate,
        int clientRetries,
        Outage outage,
        int before,
        int down,
        int after,
        Path report,
        @Nullable Path pictures,
        boolean help) {

    static final String USAGE = """
            Usage: java -jar seawall-storm.jar [options]

            Replays an outage against the example shop: a thousand clients, a backend of a fixed capacity. Once as it is found
            everywhere, then with one remedy more in each run. Takes less than five minutes.

              --runs NAMES            some of the runs, with commas between: article-found, backoff-jitter, breaker,
                                      rate-limit, all-of-seawall (all)
              --clients NUMBER        how many clients there are, 10 to 10000 (1000)
              --rate NUMBER           what they ask in a second, all of them together, 10 to 500 (100); the backend can answer
                                      half as much again
              --client-retries NUMBER how often a client tries again, 0 to 5 (3)
              --outage HOW            hang: the database answers nobody; refuse: the backend answers 503 (hang)
              --before SECONDS        before the outage, 3 to 60 (8)
              --down SECONDS          the outage, 3 to 60 (15)
              --after SECONDS         after it, 3 to 60 (20)
              --report FILE           where the report goes (storm.html); its figures go into a file beside it, as JSON
              --pictures DIRECTORY    its plots as SVG files besides, light and dark (none)
              --help                  this text
            """;

    /** What the shop of the story does with each request of a client: itself and three retries. */
    private static final int SHOP_ATTEMPTS = 4;

    /** No replay may send the backend more requests than this, whatever the options say. */
    private static final long MOST_REQUESTS = 1_000_000;

    /** Then a replay ends, whatever it has come to. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** All clients ask before a run begins, so that it begins in the midst of its load. */
    static final Duration LEAD_IN = Duration.ofSeconds(2);

    /** After a run, for the last answers. */
    static final Duration GRACE = Duration.ofSeconds(3);

    /** Of each run: the shop starts, gets warm, and the last clients get their answers. */
    private static final int SECONDS_AROUND = 15;

    /** A client that asks more often is a load test of its own; one that asks less often is never seen twice. */
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(500);

    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(60);

    private static final List<String> NAMES =
            List.of("article-found", "backoff-jitter", "breaker", "rate-limit", "all-of-seawall");

    static StormOptions parse(List<String> arguments) throws BadOptionException {
        List<String> runs = NAMES;
        int clients = 1_000;
        int rate = 100;
        int clientRetries = 3;
        Outage outage = Outage.HANG;
        int before = 8;
        int down = 15;
        int after = 20;
        Path report = Path.of("storm.html");
        Path pictures = null;
        boolean help = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--runs" -> runs = runs(value(option, "article-found,all-of-seawall", rest));
                case "--clients" -> clients = number(option, "1000", rest, 10, 10_000);
                case "--rate" -> rate = number(option, "100", rest, 10, 500);
                case "--client-retries" -> clientRetries = number(option, "3", rest, 0, 5);
                case "--outage" -> outage = outage(value(option, "hang", rest));
                case "--before" -> before = number(option, "8", rest, 3, 60);
                case "--down" -> down = number(option, "15", rest, 3, 60);
                case "--after" -> after = number(option, "20", rest, 3, 60);
                case "--report" -> report = file(option, value(option, "storm.html", rest));
                case "--pictures" -> pictures = file(option, value(option, "pictures", rest));
                case "--help" -> help = true;
                default ->
                    throw new BadOptionException("There is no option '" + option
                            + "': use --runs NAMES, --clients NUMBER, --rate NUMBER, --client-retries NUMBER,"
                            + " --outage HOW, --before SECONDS, --down SECONDS, --after SECONDS, --report FILE,"
                            + " --pictures DIRECTORY or --help.");
            }
        }
        return new StormOptions(runs, clients, rate, clientRetries, outage, before, down, after, report, pictures, help)
                .checked();
    }

    /** The time from a question of a client to its next. */
    Duration period() {
        return Duration.ofNanos(1_000_000_000L * clients / rate);
    }

    Capacity capacity() {
        return Capacity.forLoad(rate);
    }

    /** The figures of the report, beside it. */
    Path figures() {
        String name = Objects.requireNonNull(report.getFileName(), "no name").toString();
        int dot = name.lastIndexOf('.');
        return report.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
    }

    int seconds() {
        return before + down + after;
    }

    List<Chapter> chapters() {
        return new Chapters(clientRetries, period())
                .all().stream().filter(chapter -> runs.contains(chapter.name())).toList();
    }

    /** How long clients ask in a run, at most. */
    Duration underLoad() {
        return Duration.ofSeconds(seconds()).plus(LEAD_IN).plus(GRACE);
    }

    /** What a replay can send the backend at most. */
    private long requests() {
        long ofClients = underLoad().toSeconds() * rate * (1 + clientRetries);
        return runs.size() * (ofClients + Clients.MOST_WARM_UP) * SHOP_ATTEMPTS;
    }

    private StormOptions checked() throws BadOptionException {
        if (report.getFileName() == null || report.equals(figures())) {
            throw new BadOptionException(
                    "--report is '" + report + "': its figures go into a .json file beside it, so give it"
                            + " another name, for example storm.html.");
        }
        if (Files.isDirectory(report) || Files.isDirectory(figures())) {
            throw new BadOptionException("--report is '" + report
                    + "': it or the .json file beside it is a directory, so give it another name, for example"
                    + " storm.html.");
        }
        if (period().compareTo(SHORTEST_PERIOD) < 0 || period().compareTo(LONGEST_PERIOD) > 0) {
            throw new BadOptionException("--clients is " + clients + " and --rate is " + rate
                    + ": each client would ask every "
                    + period().toMillis() + " ms; take numbers by which that is " + SHORTEST_PERIOD.toMillis() + " to "
                    + LONGEST_PERIOD.toMillis() + " ms.");
        }
        long planned = (long) runs.size() * (seconds() + SECONDS_AROUND);
        if (planned > LONGEST.toSeconds()) {
            throw new BadOptionException(
                    runs.size() + " runs of " + seconds() + " s, and what is around them, would take "
                            + planned + " s: a replay takes " + LONGEST.toSeconds()
                            + " s at most, so take fewer runs (--runs) or seconds (--before, --down, --after).");
        }
        if (requests() > MOST_REQUESTS) {
            throw new BadOptionException("The backend could get " + requests() + " requests: " + MOST_REQUESTS
                    + " is the most, so take a smaller --rate, fewer --client-retries, runs or seconds.");
        }
        return this;
    }

    private static List<String> runs(String value) throws BadOptionException {
        List<String> runs = new ArrayList<>();
        for (String name : value.split(",", -1)) {
            if (!NAMES.contains(name.strip())) {
                throw new BadOptionException(
                        "--runs has '" + name.strip() + "': the runs are " + String.join(", ", NAMES) + ".");
            }
            runs.add(name.strip());
        }
        return NAMES.stream().filter(runs::contains).toList();
    }

    private static Outage outage(String value) throws BadOptionException {
        for (Outage outage : Outage.values()) {
            if (outage.name().toLowerCase(Locale.ROOT).equals(value)) {
                return outage;
            }
        }
        throw new BadOptionException("--outage is '" + value + "': use hang or refuse.");
    }

    private static Path file(String option, String value) throws BadOptionException {
        try {
            return Path.of(value);
        } catch (InvalidPathException notAFile) {
            throw new BadOptionException(option + " is '" + value + "': use a name that files can have.");
        }
    }

    private static String value(String option, String example, Iterator<String> rest) throws BadOptionException {
        String value = rest.hasNext() ? rest.next() : "";
        if (value.isBlank() || value.startsWith("--")) {
            throw new BadOptionException(option + " has no value: write for example " + option + " " + example + ".");
        }
        return value;
    }

    private static int number(String option, String example, Iterator<String> rest, int least, int most)
            throws BadOptionException {
        String value = value(option, example, rest);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, in the words of the option.
        }
        throw new BadOptionException(
                option + " is '" + value + "': use a whole number from " + least + " to " + most + ".");
    }
}
