package io.seawall.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Steps the time of day of another process, as an administrator does who sets the clock. Linux only, and it needs a C compiler. */
final class SteppedClock implements AutoCloseable {

    private static final String SOURCE = "stepped-clock.c";

    private final Path directory;
    private final Path library;
    private final Path step;

    private SteppedClock(Path directory) {
        this.directory = directory;
        this.library = directory.resolve("stepped-clock.so");
        this.step = directory.resolve("step");
    }

    /** Compiles it; empty if there is no compiler here that can. */
    static Optional<SteppedClock> build() throws IOException, InterruptedException {
        SteppedClock clock = new SteppedClock(Files.createTempDirectory("seawall-clock"));
        Path source = clock.directory.resolve(SOURCE);
        try (InputStream in = SteppedClock.class.getResourceAsStream(SOURCE)) {
            Files.copy(in, source);
        }
        clock.stepTo(Duration.ZERO);
        if (System.getProperty("os.name").equals("Linux") && clock.compile(source)) {
            return Optional.of(clock);
        }
        clock.close();
        return Optional.empty();
    }

    private boolean compile(Path source) throws InterruptedException {
        try {
            Process compiler = new ProcessBuilder(
                            "cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            return compiler.waitFor(60, TimeUnit.SECONDS) && compiler.exitValue() == 0;
        } catch (IOException noCompiler) {
            return false;
        }
    }

    /** What a process must have in its environment. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "STEPPED_CLOCK", step.toString());
    }

    /** Sets the clock so far before or after the real one. */
    void stepTo(Duration offset) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        bytes.putLong(offset.toNanos() / 1000).flip();
        try (FileChannel file = FileChannel.open(step, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(bytes, 0);
        }
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
