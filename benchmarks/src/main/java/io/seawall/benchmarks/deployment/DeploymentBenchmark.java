package io.seawall.benchmarks.deployment;

import io.seawall.benchmarks.Quartiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Starts Weld with 500 methods in 50 beans, in a new JVM each time: without interceptors, with one that does nothing, and
 * with {@code @Resilient}. What the last adds to the second is the work of the extension; what it adds to the first
 * includes what CDI does to intercept anything at all.
 */
public final class DeploymentBenchmark {

    private static final int ROUNDS = 15;
    private static final int LONGEST_RUN_SECONDS = 120;

    /** One start of each, one after the other: the machine was equally busy for all. */
    private record Round(double plain, double intercepted, double resilient) {}

    private DeploymentBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param args how often each application is started, 15 unless told
     * @throws IOException if the beans cannot be written or a JVM cannot be started
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
        Path directory = Files.createTempDirectory("seawall-deployment");
        try {
            print(measure(rounds, directory));
        } finally {
            delete(directory);
        }
    }

    private static List<Round> measure(int rounds, Path directory) throws IOException, InterruptedException {
        for (Application application : Application.values()) {
            BeanClasses.compile(application, directory.resolve(application.name()));
            millis(application, directory); // so that every file is in the cache of the system
        }
        List<Round> measured = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            measured.add(new Round(
                    millis(Application.PLAIN, directory),
                    millis(Application.INTERCEPTED, directory),
                    millis(Application.RESILIENT, directory)));
        }
        return measured;
    }

    private static void print(List<Round> rounds) {
        print(Application.PLAIN.title(), rounds.stream().mapToDouble(Round::plain));
        print(Application.INTERCEPTED.title(), rounds.stream().mapToDouble(Round::intercepted));
        print(Application.RESILIENT.title(), rounds.stream().mapToDouble(Round::resilient));
        print("added by the extension", rounds.stream().mapToDouble(round -> round.resilient() - round.intercepted()));
        print("added with the interception", rounds.stream().mapToDouble(round -> round.resilient() - round.plain()));
    }

    @SuppressWarnings("SystemOut") // the report
    private static void print(String title, DoubleStream millis) {
        System.out.printf("%-34s%s%n", title, new Quartiles(millis).text("%5.0f ms"));
    }

    private static double millis(Application application, Path directory) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path") + File.pathSeparator + directory.resolve(application.name()));
        command.add(Start.class.getName());
        command.add(application.name());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("'" + application.title() + "' did not start: " + printed);
            }
            return Long.parseLong(printed) / 1000.0;
        } finally {
            process.destroyForcibly();
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
