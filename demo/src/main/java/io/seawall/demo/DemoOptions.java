package io.seawall.demo;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param port where the shop listens, 0 to 65535; 0 for any free port
 * @param downstreamPort where the services listen that it depends on, likewise
 * @param services where inventory and payments are served already, without a slash at its end; null to play them here
 * @param redis where limits are counted; null for in memory
 * @param threads how many threads the server of the shop may have, 10 to 5000
 * @param endWithInput whether the demo ends when its standard input does, as it does with the program that started it
 * @param help only tell how to use the demo
 */
record DemoOptions(
        int port,
        int downstreamPort,
        @Nullable String services,
        @Nullable String redis,
        int threads,
        boolean endWithInput,
        boolean help) {

    static final String USAGE = """
            Usage: java -jar seawall-demo.jar [options]

              --port PORT             where the shop listens (8080; 0 for any free port)
              --downstream-port PORT  where inventory and payments listen (8081; 0 for any free port)
              --services URI          inventory and payments are served there, below /inventory and /payments,
                                      as http://localhost:9000 (played by the demo, at --downstream-port)
              --redis URI             count limits in Redis, as redis://localhost:6379 (in memory)
              --threads NUMBER        how many threads the server of the shop may have (200)
              --end-with-input        end when standard input ends, for programs that start the demo
              --help                  this text
            """;

    private static final int DEFAULT_PORT = 8080;

    private static final int DEFAULT_DOWNSTREAM_PORT = 8081;

    private static final int MAX_PORT = 65_535;

    /** As many as Jetty has by itself. */
    static final int DEFAULT_THREADS = 200;

    /** Jetty needs some for itself. */
    private static final int MIN_THREADS = 10;

    private static final int MAX_THREADS = 5_000;

    static DemoOptions parse(List<String> arguments) throws BadOptionException {
        int port = DEFAULT_PORT;
        Integer downstreamPort = null;
        String services = null;
        String redis = null;
        int threads = DEFAULT_THREADS;
        boolean endWithInput = false;
        boolean help = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--port" -> port = port(option, value(option, rest));
                case "--downstream-port" -> downstreamPort = port(option, value(option, rest));
                case "--services" -> services = services(value(option, rest));
                case "--redis" -> redis = value(option, rest);
                case "--threads" -> threads = threads(value(option, rest));
                case "--end-with-input" -> endWithInput = true;
                case "--help" -> help = true;
                default ->
                    throw new BadOptionException("There is no option '" + option
                            + "': use --port PORT, --downstream-port PORT, --services URI, --redis URI,"
                            + " --threads NUMBER, --end-with-input or --help.");
            }
        }
        if (services != null && downstreamPort != null) {
            throw new BadOptionException(
                    "--services and --downstream-port are both given: the services are either there"
                            + " or played here, so leave one out.");
        }
        int playedAt = downstreamPort == null ? DEFAULT_DOWNSTREAM_PORT : downstreamPort;
        if (port != 0 && port == playedAt && services == null) {
            throw new BadOptionException("--port and --downstream-port are both " + port + ": give them two ports.");
        }
        return new DemoOptions(port, playedAt, services, redis, threads, endWithInput, help);
    }

    private static String value(String option, Iterator<String> rest) throws BadOptionException {
        String value = rest.hasNext() ? rest.next() : "";
        if (value.isBlank() || value.startsWith("--")) {
            throw new BadOptionException(
                    option + " has no value: write for example " + option + " " + example(option) + ".");
        }
        return value;
    }

    private static String example(String option) {
        return switch (option) {
            case "--redis" -> "redis://localhost:6379";
            case "--services" -> "http://localhost:9000";
            case "--threads" -> "200";
            default -> "9090";
        };
    }

    private static String services(String value) throws BadOptionException {
        try {
            URI address = new URI(value);
            if ("http".equals(address.getScheme())
                    && address.getHost() != null
                    && address.getQuery() == null
                    && address.getFragment() == null) {
                return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
            }
        } catch (URISyntaxException notAnAddress) {
            // Said below, in the words of the option.
        }
        throw new BadOptionException(
                "--services is '" + value + "': use an address of HTTP, for example http://localhost:9000.");
    }

    private static int threads(String value) throws BadOptionException {
        try {
            int threads = Integer.parseInt(value);
            if (threads >= MIN_THREADS && threads <= MAX_THREADS) {
                return threads;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, in the words of the option.
        }
        throw new BadOptionException(
                "--threads is '" + value + "': use a whole number from " + MIN_THREADS + " to " + MAX_THREADS + ".");
    }

    private static int port(String option, String value) throws BadOptionException {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, in the words of the option.
        }
        throw new BadOptionException(
                option + " is '" + value + "': use a whole number from 0 to " + MAX_PORT + "; 0 takes any free port.");
    }
}
