package io.seawall.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that comes to an end: what a user types at the prompt. */
final class Command {

    private static final long PATIENCE_SECONDS = 120;

    private Command() {}

    /**
     * Runs a command that must succeed, on the java of the servers.
     *
     * @return what it has written
     * @throws IllegalStateException if it fails; with all that it has written
     */
    static String run(Map<String, String> environment, String... words) throws IOException {
        Path written = Files.createTempFile(Installation.root(), "command", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(written.toFile());
        builder.environment().put("JAVA_HOME", Installation.javaHome().toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String output = Files.readString(written);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(
                        String.join(" ", List.of(words)) + (ended ? " failed:\n" : " did not end:\n") + output);
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
            Files.delete(written);
        }
    }
}
