package io.seawall.benchmarks.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A {@link LoadProcess}, from outside. Between two loads it does nothing, so that others can be measured. */
final class LoadJvm implements AutoCloseable {

    /** More than a load takes, whatever it is. */
    private static final int LONGEST_RUN_SECONDS = 180;

    private final Contender contender;
    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private final ExecutorService reader = Executors.newSingleThreadExecutor();

    LoadJvm(Contender contender) throws IOException {
        this.contender = contender;
        process = Children.start(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dslf4j.internal.verbosity=ERROR", // it has no provider, and need not say so
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadProcess.class.getName(),
                        contender.name()))
                .redirectError(ProcessBuilder.Redirect.INHERIT));
        in = process.outputWriter(StandardCharsets.US_ASCII);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    Outcome run(int port, Load load) throws IOException, InterruptedException {
        in.write(port + " " + load.line() + "\n");
        in.flush();
        try {
            @Nullable String line = reader.submit(out::readLine).get(LONGEST_RUN_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException(contender + " has failed at " + load + "; it said why above");
            }
            return Outcome.parse(line);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException(contender + " does not come to an end of " + load, e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        reader.shutdownNow();
    }
}
