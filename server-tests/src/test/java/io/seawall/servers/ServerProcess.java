package io.seawall.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import java.util.stream.Stream;

/** A process with all its children: they end together, and when the tests' JVM ends at the latest. */
final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Process process;
    private final Path log;
    private final Thread hook;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        hook = new Thread(() -> tree().forEach(ProcessHandle::destroyForcibly), "stop " + process.pid());
    }

    static ServerProcess start(List<String> command, Map<String, String> environment, Path directory, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", Installation.javaHome().toString());
        builder.environment().putAll(environment);
        ServerProcess started = new ServerProcess(builder.start(), log);
        Runtime.getRuntime().addShutdownHook(started.hook);
        return started;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The JVM: the process itself, or what a script has started. */
    long jvm() {
        return tree().filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no JVM is running"))
                .pid();
    }

    /** Everything that was written to standard output and error. */
    String log() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line to standard input. */
    void tell(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the JVM to end, and makes it and the whole tree end if it does not. */
    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(tree().toList());
        all.forEach(ProcessHandle::destroy);
        if (!ended(all)) {
            all.addAll(tree().toList());
            all.forEach(ProcessHandle::destroyForcibly);
            if (!ended(all)) {
                throw new IllegalStateException("still running: " + all);
            }
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Then the hook is on its way.
        }
    }

    private Stream<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private static boolean ended(List<ProcessHandle> handles) {
        CompletableFuture<Void> all = CompletableFuture.allOf(
                handles.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
        try {
            all.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
