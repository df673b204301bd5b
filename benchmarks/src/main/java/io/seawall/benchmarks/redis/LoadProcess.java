package io.seawall.benchmarks.redis;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Asks one contender what its standard input says, line by line, and prints an {@link Outcome} for each. Ends with its input. */
final class LoadProcess {

    /** A limiter for one port of Redis and one limit. */
    private record Target(int port, Limit limit) {}

    private final Contender contender;
    private final Map<Target, Limiter> limiters = new HashMap<>();
    private String[] clients = {};

    private LoadProcess(Contender contender) {
        this.contender = contender;
    }

    /**
     * For the benchmark.
     *
     * @param args the name of the {@link Contender}
     * @throws Exception if a decision is not made
     */
    @SuppressWarnings("SystemOut") // what the benchmark reads
    public static void main(String[] args) throws Exception {
        LoadProcess process = new LoadProcess(Contender.valueOf(args[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(process.run(List.of(line.split(" ", -1))).line());
            }
        } finally {
            process.limiters.values().forEach(Limiter::close);
        }
    }

    /** The port of Redis, and the load. */
    private Outcome run(List<String> words) throws Exception {
        int port = Integer.parseInt(words.get(0));
        Load load = Load.parse(words.subList(1, words.size()));
        if (clients.length != load.clients()) {
            clients = IntStream.range(0, load.clients())
                    .mapToObj(client -> "client-" + client)
                    .toArray(String[]::new);
        }
        Limiter limiter = limiters.computeIfAbsent(
                new Target(port, load.limit()), target -> contender.connect(target.port, target.limit));
        return new LoadRun(limiter, load, clients).run();
    }
}
