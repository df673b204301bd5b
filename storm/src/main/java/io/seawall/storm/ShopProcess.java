package io.seawall.storm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shop of one run: the demo in a process of its own, so that no run is warmed, filled or broken by the one before. It ends
 * with this process, whichever way that ends, since its input does.
 */
final class ShopProcess implements AutoCloseable {

    /** A server has as many, or makes more when it needs them; fewer would be one more remedy, a bulkhead. */
    private static final int THREADS = 2_000;

    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private static final Pattern ADDRESS = Pattern.compile("Shop +http://\\S+:(\\d+)");

    private static final int ERROR_LINES = 20;

    private final Process process;
    private final Thread complaints;
    private final Path directory;
    private final Deque<String> errors = new ArrayDeque<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    /** A process that works in this directory, and leaves nothing elsewhere. */
    private ShopProcess(List<String> command, Path directory) throws IOException {
        this.directory = directory;
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        // What the environment says about a shop is about another one.
        builder.environment().keySet().removeIf(name -> name.startsWith("SHOP_") || name.startsWith("SEAWALL_"));
        process = builder.start();
        complaints = read("shop-errors", process.errorReader(), this::complained, () -> {});
        var unused = read(
                "shop-output",
                process.inputReader(),
                this::heard,
                () -> port.completeExceptionally(new IOException("the process has ended")));
    }

    /**
     * Starts it on a free port. It is there at once, and {@link #products} waits until it is open.
     *
     * @param jar the demo
     * @param settings system properties
     * @param services where the backend is
     * @throws ReplayFailedException if there is no such process
     */
    static ShopProcess start(Path jar, Map<String, String> settings, URI services) throws ReplayFailedException {
        Path directory = directory();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A process that lives for a minute is warm sooner without the second compiler.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-Xmx512m");
        // Half a shop would fail its clients by itself, and the storm would get the blame.
        command.add("-XX:+ExitOnOutOfMemoryError");
        // It leaves nothing behind, as it has no time to clear up when it ends.
        command.add("-XX:-UsePerfData");
        command.add("-Djava.io.tmpdir=" + directory);
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of("--port", "0", "--services", services.toString()));
        command.addAll(List.of("--threads", Integer.toString(THREADS), "--end-with-input"));
        try {
            return new ShopProcess(command, directory);
        } catch (IOException failure) {
            delete(directory);
            throw new ReplayFailedException("The shop cannot be started: " + failure.getMessage());
        }
    }

    private static Path directory() throws ReplayFailedException {
        try {
            return Files.createTempDirectory("storm-shop");
        } catch (IOException failure) {
            throw new ReplayFailedException("There is no place for the shop: " + failure);
        }
    }

    /** The address of its products, as soon as it is open. */
    URI products(Duration patience) throws ReplayFailedException, InterruptedException {
        try {
            return URI.create(
                    "http://127.0.0.1:" + port.get(patience.toMillis(), TimeUnit.MILLISECONDS) + "/api/products");
        } catch (TimeoutException notOpen) {
            throw new ReplayFailedException("The shop has not opened in " + patience.toSeconds() + " s" + whatItSaid());
        } catch (ExecutionException ended) {
            throw new ReplayFailedException("The shop has not opened" + whatItSaid());
        }
    }

    /** What clients of a shop got that has gone in their midst says nothing. */
    void mustStillBeThere() throws ReplayFailedException, InterruptedException {
        if (!process.isAlive()) {
            throw new ReplayFailedException("The shop has ended by itself, with " + process.exitValue() + whatItSaid());
        }
    }

    @Override
    public void close() {
        // It holds requests that hang, and nothing that would be worth an orderly end.
        process.destroyForcibly();
        try {
            process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        delete(directory);
    }

    /** Two may do so at the same time, when somebody presses Ctrl-C; what stays is no reason to fail. */
    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException gone) {
            // By the other one.
        }
    }

    private void heard(String line) {
        Matcher address = ADDRESS.matcher(line);
        if (address.find()) {
            port.complete(Integer.valueOf(address.group(1)));
        }
    }

    private void complained(String line) {
        synchronized (errors) {
            if (errors.size() == ERROR_LINES) {
                errors.remove();
            }
            errors.add(line);
        }
    }

    private static Thread read(String name, BufferedReader from, Consumer<String> line, Runnable end) {
        Thread reader = new Thread(
                () -> {
                    try (from) {
                        from.lines().forEach(line);
                    } catch (IOException | UncheckedIOException ended) {
                        // That is what the end is for.
                    }
                    end.run();
                },
                name);
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private String whatItSaid() throws InterruptedException {
        if (!process.isAlive()) {
            complaints.join(END_PATIENCE.toMillis());
        }
        synchronized (errors) {
            return errors.isEmpty() ? "." : ":" + System.lineSeparator() + String.join(System.lineSeparator(), errors);
        }
    }
}
