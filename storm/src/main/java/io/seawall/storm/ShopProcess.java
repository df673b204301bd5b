package io.seawall.storm;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shop of one run: the demo in a process of its own, so that no run is warmed, filled or broken by the one before. It ends
 * with this process, whichever way that ends, since its input does.
 */
final class ShopProcess implements AutoCloseable {

    /** A server has as many, or makes more when it needs them; fewer would be one more remedy, a bulkhead. */
    private static final int THREADS = 2_000;

    /** Only a broken one takes as long. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private static final Pattern ADDRESS = Pattern.compile("Shop +http://\\S+:(\\d+)");

    private static final int ERROR_LINES = 20;

    private final Process process;
    private final Path errors;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private ShopProcess(List<String> command) throws IOException {
        errors = Files.createTempFile("storm-shop", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // What the environment says about a shop is about another one.
        builder.environment().keySet().removeIf(name -> name.startsWith("SHOP_") || name.startsWith("SEAWALL_"));
        process = builder.start();
        Thread reader = new Thread(this::read, "shop-output");
        reader.setDaemon(true);
        reader.start();
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
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A process that lives for a minute is warm sooner without the second compiler.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-Xmx512m");
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of("--port", "0", "--services", services.toString()));
        command.addAll(List.of("--threads", Integer.toString(THREADS), "--end-with-input"));
        try {
            return new ShopProcess(command);
        } catch (IOException failure) {
            throw new ReplayFailedException("The shop cannot be started: " + failure.getMessage());
        }
    }

    /** The address of its products, as soon as it is open. */
    URI products() throws ReplayFailedException, InterruptedException {
        try {
            return URI.create(
                    "http://127.0.0.1:" + port.get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS) + "/api/products");
        } catch (TimeoutException | ExecutionException notOpen) {
            throw new ReplayFailedException("The shop has not opened" + whatItSaid());
        }
    }

    @Override
    public void close() {
        // It holds requests that hang, and nothing that would be worth an orderly end.
        process.destroyForcibly();
        try {
            process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Files.deleteIfExists(errors);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } catch (IOException stays) {
            errors.toFile().deleteOnExit();
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher address = ADDRESS.matcher(line);
                if (address.find()) {
                    port.complete(Integer.valueOf(address.group(1)));
                }
            }
        } catch (IOException ended) {
            // Told below.
        }
        port.completeExceptionally(new IOException("the process has ended"));
    }

    private String whatItSaid() {
        try {
            List<String> lines = Files.readAllLines(errors);
            return ":" + System.lineSeparator()
                    + String.join(
                            System.lineSeparator(),
                            lines.subList(Math.max(0, lines.size() - ERROR_LINES), lines.size()));
        } catch (IOException unreadable) {
            return ".";
        }
    }
}
