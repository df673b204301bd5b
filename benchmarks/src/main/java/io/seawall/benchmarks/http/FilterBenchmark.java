package io.seawall.benchmarks.http;

import io.seawall.benchmarks.Quartiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code RateLimitFilter} takes of the throughput of Jetty: two servers that differ in the filter only, and rounds in which
 * each is loaded by as many connections for as long, taking turns in who is first. Server and load share the machine, so the
 * ratio is what counts.
 */
public final class FilterBenchmark {

    private static final int ROUNDS = 12;
    private static final int CONNECTIONS = 8;
    private static final long ROUND_MILLIS = 2_000;
    private static final long WARM_UP_MILLIS = 10_000;

    private FilterBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param args how many rounds, 12 unless told
     * @throws Exception if a server does not start or an answer is none
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
        try (BenchmarkServer without = new BenchmarkServer(false);
                BenchmarkServer with = new BenchmarkServer(true)) {
            new Load(without.port(), CONNECTIONS).requestsPerSecond(WARM_UP_MILLIS);
            new Load(with.port(), CONNECTIONS).requestsPerSecond(WARM_UP_MILLIS);
            List<Double> ofWithout = new ArrayList<>();
            List<Double> ofWith = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                boolean withFirst = round % 2 == 1;
                double first = measure(withFirst ? with : without);
                double second = measure(withFirst ? without : with);
                ofWith.add(withFirst ? first : second);
                ofWithout.add(withFirst ? second : first);
                ratios.add(withFirst ? first / second : second / first);
            }
            print("without the filter, requests/s", ofWithout, "%.0f");
            print("with the filter, requests/s", ofWith, "%.0f");
            print("ratio", ratios, "%.3f");
        }
    }

    private static double measure(BenchmarkServer server) throws Exception {
        return new Load(server.port(), CONNECTIONS).requestsPerSecond(ROUND_MILLIS);
    }

    @SuppressWarnings("SystemOut") // the report
    private static void print(String title, List<Double> values, String format) {
        System.out.printf(
                Locale.ROOT,
                "%-34s%s%n",
                title,
                new Quartiles(values.stream().mapToDouble(value -> value)).text(format));
    }
}
