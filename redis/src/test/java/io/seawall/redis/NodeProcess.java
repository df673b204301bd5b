package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A {@link LimitedNode}, seen by who has started it and closes it. It also ends with the process that has started it. */
final class NodeProcess implements AutoCloseable {

    /** Many times what it needs. */
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Thread listener;

    /**
     * Starts a node.
     *
     * @param address of Redis
     * @param clockHours by how much the clock of the node is wrong
     */
    NodeProcess(String address, String limits, int threads, int clockHours) throws IOException {
        errors = Files.createTempFile("seawall-node", ".err");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // It lives for seconds.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LimitedNode.class.getName(),
                        address,
                        limits,
                        Integer.toString(threads),
                        Integer.toString(clockHours))
                .redirectError(errors.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        listener = new Thread(this::listen, "node listener");
        listener.setDaemon(true);
        listener.start();
    }

    private void listen() {
        try (BufferedReader reader = process.inputReader(US_ASCII)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            said.add("not heard: " + e);
        }
    }

    NodeProcess awaitReady() {
        Awaitility.await()
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> said.contains("ready") || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("the node has ended: " + errors());
        }
        return this;
    }

    void go() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(errors(), e);
        }
    }

    /** Ends its work, and waits until it has said all. */
    void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("the node does not end as it should: " + errors());
        }
        listener.join();
    }

    /** When Redis has granted a permit, so far. */
    List<Long> grantedMicros() {
        return said.stream()
                .filter(line -> Character.isDigit(line.charAt(0)))
                .map(Long::valueOf)
                .toList();
    }

    /** Whether it has decided without Redis, so far. */
    boolean hasDecidedAlone() {
        return said.contains("alone");
    }

    /** What it said at its end. */
    String summary() {
        return said.stream().reduce((first, last) -> last).orElse("");
    }

    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(errors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
