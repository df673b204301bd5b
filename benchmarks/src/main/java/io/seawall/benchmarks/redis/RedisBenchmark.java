package io.seawall.benchmarks.redis;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a decision in Redis costs: decisions a second, latency, commands, processor time of Redis and of the JVM, memory; for Seawall
 * and for what else can be had, in turns on one machine. Prints tables of Markdown. Under ten minutes.
 */
public final class RedisBenchmark {

    private RedisBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param args {@code quick}: under a minute, and no more than a sign that it works; names of the cases that are wanted, like
     *     {@code many}, all unless told; the path of a {@code redis-server}, the one of embedded-redis unless told
     * @throws Exception if a server does not start or a decision is not made
     */
    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // it has no provider, and need not say so
        List<String> arguments = new ArrayList<>(List.of(args));
        Effort effort = arguments.remove("quick") ? Effort.QUICK : Effort.FULL;
        List<Case> wanted = Stream.of(Case.values())
                .filter(one -> arguments.remove(one.name().toLowerCase(Locale.ROOT)))
                .toList();
        if (arguments.size() > 1) {
            throw new IllegalArgumentException("'" + arguments.get(0) + "' is none of quick, "
                    + List.of(Case.values()).toString().toLowerCase(Locale.ROOT)
                    + "; one path of a redis-server may be given");
        }
        Path directory = Files.createTempDirectory("seawall-redis-benchmark");
        try {
            RedisInstallation installation = arguments.isEmpty()
                    ? RedisInstallation.embedded(directory)
                    : new RedisInstallation(Path.of(arguments.get(0)), directory);
            measure(wanted.isEmpty() ? List.of(Case.values()) : wanted, installation, effort);
        } finally {
            delete(directory);
        }
    }

    @SuppressWarnings("SystemOut") // the report
    private static void measure(List<Case> cases, RedisInstallation installation, Effort effort)
            throws IOException, InterruptedException {
        Report report = new Report(System.out);
        report.line(machine(installation));
        try {
            for (Case one : cases) {
                one.run(installation, effort, report);
            }
        } finally {
            report.goals(); // of the cases before one that failed
        }
    }

    private static String machine(RedisInstallation installation) throws IOException, InterruptedException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (RedisServer redis = installation.start()) {
            return String.format(
                    "%s %s, %d processors, load before %.2f; Java %s; Redis %s",
                    system.getName(),
                    system.getArch(),
                    system.getAvailableProcessors(),
                    system.getSystemLoadAverage(),
                    Runtime.version(),
                    redis.version());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
