package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Law 1 where it matters: several processes, many threads in each, one client who asks as fast as it can, and a judge who knows nothing
 * but the instants at which permits were granted. The nodes disagree about the time of day by hours.
 */
class AcrossProcessesIT {

    private static final int NODES = 4;
    private static final int THREADS = 16;
    private static final int PERMITS = 400;
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final String LIMITS = PERMITS + "/" + WINDOW.toSeconds() + "s";
    private static final int WINDOWS = 6;
    private static final int PATIENCE_SECONDS = 90;

    @Test
    void no_window_holds_more_than_the_limit_and_under_such_a_load_hardly_less() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            assertExact(redis.uri());
        }
    }

    @Test
    void on_a_cluster_it_is_the_same() throws Exception {
        try (TestCluster cluster = TestCluster.start(3, false)) {
            assertExact(cluster.uri());
        }
    }

    private static void assertExact(String address) throws Exception {
        try (Nodes nodes = new Nodes(address)) {
            nodes.awaitGranted(WINDOWS * PERMITS + 1);
            Instants granted = nodes.stop();
            assertThat(granted.mostInAny(WINDOW)).as("permits in one window").isEqualTo(PERMITS);
            assertThat(granted.inConsecutive(WINDOW, WINDOWS))
                    .as("permits in each window")
                    .allMatch(inWindow -> inWindow >= 0.95 * PERMITS);
            assertThat(nodes.summaries()).allMatch(summary -> summary.endsWith("decided alone 0"));
        }
    }

    /** What Redis had acknowledged it knows again: its log is on the disk before it answers. */
    @Test
    void a_redis_that_keeps_its_data_is_as_exact_over_a_crash() throws Exception {
        try (TestRedis redis = TestRedis.start("--appendonly", "yes", "--appendfsync", "always");
                Nodes nodes = new Nodes(redis.uri())) {
            // In the middle of a window: its permits are used up then, and would be granted again by one who forgets.
            nodes.awaitGranted(2 * PERMITS + PERMITS / 2);
            redis.kill();
            nodes.awaitAlone();
            redis.restart();
            int before = nodes.granted();
            nodes.awaitGranted(before + 4 * PERMITS);
            Instants granted = nodes.stop();
            assertThat(granted.mostInAny(WINDOW)).as("permits in one window").isLessThanOrEqualTo(PERMITS);
        }
    }

    /** All nodes, at work. */
    private static final class Nodes implements AutoCloseable {

        private final List<NodeProcess> processes = new ArrayList<>();

        Nodes(String address) throws Exception {
            try {
                for (int hours : IntStream.range(0, NODES).toArray()) {
                    processes.add(new NodeProcess(address, LIMITS, THREADS, hours));
                }
                processes.forEach(NodeProcess::awaitReady);
                processes.forEach(NodeProcess::go);
            } catch (Throwable notStarted) {
                close();
                throw notStarted;
            }
        }

        int granted() {
            return processes.stream()
                    .mapToInt(node -> node.grantedMicros().size())
                    .sum();
        }

        void awaitGranted(int count) {
            Awaitility.await(count + " permits")
                    .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .until(() -> granted() >= count);
        }

        /** Until Redis is missed: one whose client is refused from memory does not at once. */
        void awaitAlone() {
            Awaitility.await("a node without Redis")
                    .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .until(() -> processes.stream().anyMatch(NodeProcess::hasDecidedAlone));
        }

        Instants stop() throws Exception {
            for (NodeProcess node : processes) {
                node.stop();
            }
            return new Instants(processes.stream()
                    .flatMap(node -> node.grantedMicros().stream())
                    .toList());
        }

        List<String> summaries() {
            return processes.stream().map(NodeProcess::summary).toList();
        }

        @Override
        public void close() {
            processes.forEach(NodeProcess::close);
        }
    }
}
