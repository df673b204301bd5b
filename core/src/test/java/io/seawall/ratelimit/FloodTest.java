package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An attacker who is a new client with every request, against the store as it is by default, in a JVM of its own whose heap has
 * little room beside the store's 64 MiB. What is estimated too low fails here.
 */
class FloodTest {

    /** 64 MiB for the store, and what a JVM that does nothing else needs to breathe. */
    private static final String HEAP = "-Xmx112m";

    @TempDir
    private Path directory;

    @Test
    void five_million_new_clients_fill_no_heap_and_make_no_known_client_forgotten() throws Exception {
        flood("100/60s", 5_000_000);
    }

    @Test
    void nor_do_those_of_several_limits_who_take_more_room_each() throws Exception {
        flood("5/1s; 100/60s; 1000/1h; 9000/1d token-bucket", 500_000);
    }

    private void flood(String limits, int newcomers) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                classPath(),
                Flood.class.getName(),
                limits,
                Integer.toString(newcomers)));
        File output = directory.resolve("output").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("over in time").isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(output.toPath()))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** That of the classes that run there, not that of the test engine. */
    private static String classPath() throws Exception {
        return location(FloodTest.class) + File.pathSeparator + location(InMemoryLimitStore.class);
    }

    private static String location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** Runs in a JVM of its own. */
    static final class Flood {

        private static final int KNOWN = 100;

        private Flood() {}

        public static void main(String[] arguments) {
            requireFairEstimate(arguments[0]);
            InMemoryLimitStore store = new InMemoryLimitStore();
            LimitStore.BoundLimits limits = store.bind(QuotaPolicies.parse("api", arguments[0]));
            LimitStore.BoundLimits slow = store.bind(QuotaPolicies.parse("slow", "10/1d"));
            for (int i = 0; i < KNOWN; i++) {
                require(slow.tryAcquire("known-" + i, 9), "a known client may use nine of ten");
            }
            int newcomers = Integer.parseInt(arguments[1]);
            for (int i = 0; i < newcomers; i++) {
                limits.tryAcquire("newcomer-with-a-key-" + i, 1);
            }
            for (int i = 0; i < KNOWN; i++) {
                require(slow.tryAcquire("known-" + i, 1), "a known client has its tenth permit after the flood");
                require(!slow.tryAcquire("known-" + i, 1), "and is refused then");
            }
        }

        /** What clients are said to take is what they take, or up to a fifth more: a map grows in steps. */
        private static void requireFairEstimate(String limitsText) {
            InMemoryLimitStore store = new InMemoryLimitStore();
            LimitStore.BoundLimits limits = store.bind(QuotaPolicies.parse("api", limitsText));
            // For somebody else: what others take must not depend on it.
            String limit = limits.policies().policies().get(0).name();
            store.overrides().set(new LimitOverride("api", limit, LimitOverride.Scope.client("somebody"), 1));
            long before = usedHeap();
            for (int i = 0; i < 20_000; i++) {
                limits.tryAcquire("newcomer-with-a-key-" + i, 1);
            }
            long taken = usedHeap() - before;
            long estimated = store.room().bytes();
            require(
                    taken <= estimated && taken > estimated * 4 / 5,
                    "clients that are said to take " + estimated + " bytes took " + taken);
            require(limits.tryAcquire("newcomer-with-a-key-0", 1), "the store is in use until here");
        }

        private static long usedHeap() {
            Runtime runtime = Runtime.getRuntime();
            for (int i = 0; i < 3; i++) {
                runtime.gc();
            }
            return runtime.totalMemory() - runtime.freeMemory();
        }

        private static void require(boolean condition, String what) {
            if (!condition) {
                throw new AssertionError("not so: " + what);
            }
        }
    }
}
