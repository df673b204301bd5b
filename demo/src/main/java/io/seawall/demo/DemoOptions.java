package io.seawall.demo;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param port where the shop listens, 0 to 65535; 0 for any free port
 * @param downstreamPort where the services listen that it depends on, likewise
 * @param redis where limits are counted; null for in memory
 * @param help only tell how to use the demo
 */
record DemoOptions(int port, int downstreamPort, @Nullable String redis, boolean help) {

    static final String USAGE = """
            Usage: java -jar seawall-demo.jar [options]

              --port PORT             where the shop listens (8080; 0 for any free port)
              --downstream-port PORT  where inventory and payments listen (8081; 0 for any free port)
              --redis URI             count limits in Redis, as redis://localhost:6379 (in memory)
              --help                  this text
            """;

    private static final int DEFAULT_PORT = 8080;

    private static final int DEFAULT_DOWNSTREAM_PORT = 8081;

    private static final int MAX_PORT = 65_535;

    static DemoOptions parse(List<String> arguments) throws BadOptionException {
        int port = DEFAULT_PORT;
        int downstreamPort = DEFAULT_DOWNSTREAM_PORT;
        String redis = null;
        boolean help = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--port" -> port = port(option, value(option, rest));
                case "--downstream-port" -> downstreamPort = port(option, value(option, rest));
                case "--redis" -> redis = value(option, rest);
                case "--help" -> help = true;
                default ->
                    throw new BadOptionException("There is no option '" + option
                            + "': use --port PORT, --downstream-port PORT, --redis URI or --help.");
            }
        }
        if (port != 0 && port == downstreamPort) {
            throw new BadOptionException("--port and --downstream-port are both " + port + ": give them two ports.");
        }
        return new DemoOptions(port, downstreamPort, redis, help);
    }

    private static String value(String option, Iterator<String> rest) throws BadOptionException {
        String value = rest.hasNext() ? rest.next() : "";
        if (value.isBlank() || value.startsWith("--")) {
            throw new BadOptionException(option + " has no value: write for example "
                    + (option.equals("--redis") ? "--redis redis://localhost:6379." : option + " 9090."));
        }
        return value;
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
