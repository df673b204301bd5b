package io.seawall.benchmarks.calls;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures one guarded call, with and without CDI, by one thread and by two that call the same target, and what it allocates;
 * prints tables of Markdown.
 */
public final class CallBenchmark {

    /** Successful calls, whose threads share something or nothing. */
    private static final String SHARING =
            "\\.calls\\..*\\.(direct|emptyInterceptor|(seawall|smallRye|failsafe|resilience4j)(Limited|Rated|SlowRated)?)$";

    private CallBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param args options of JMH, such as {@code -f 1 -wi 3 -i 5}
     * @throws CommandLineOptionException if there is no such option
     * @throws RunnerException if a benchmark fails
     */
    @SuppressWarnings("SystemOut") // the report
    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        CommandLineOptions given = new CommandLineOptions(args);
        Costs one = new Costs(run(given, "\\.calls\\.", 1));
        Costs two = new Costs(run(given, SHARING, 2));
        new CallReport(System.out).print(one, two);
    }

    private static Collection<RunResult> run(CommandLineOptions given, String which, int threads)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(given)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .threads(threads);
        return new Runner((given.getIncludes().isEmpty() ? options.include(which) : options).build()).run();
    }
}
