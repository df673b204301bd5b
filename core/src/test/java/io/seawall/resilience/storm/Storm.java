package io.seawall.resilience.storm;

import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Surroundings;
import io.seawall.resilience.storm.Backend.Outage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * 1,000 clients behind 10 nodes call a backend, once a second each, and go on doing so when it is down for 2 minutes: as people do
 * who want something. When it is well, it can answer half as much again.
 */
final class Storm {

    static final int NODES = 10;
    private static final int CLIENTS_PER_NODE = 100;

    /** Each client makes one. */
    static final int CALLS_PER_SECOND = NODES * CLIENTS_PER_NODE;

    /** The outage, in seconds from the beginning. */
    static final int DOWN = 10;

    static final int BACK = 130;

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int CAPACITY = 1_500;
    private static final Duration SERVICE = Duration.ofMillis(100);

    /** As much as the backend answers in three seconds: which is longer than anybody waits. */
    private static final int QUEUE = 4_500;

    /** What calls may still take at the end, in seconds. */
    private static final int LAST_CALLS = 10;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Outage outage;
    private final int end;
    private final Course course;
    private final Backend backend;

    /**
     * A storm to be.
     *
     * @param outage how the backend is down
     * @param end in which second the clients have had enough
     */
    Storm(Outage outage, int end) {
        this.outage = outage;
        this.end = end;
        course = new Course(end);
        backend = new Backend(time, CAPACITY, SERVICE, QUEUE, course);
    }

    /** What comes of the code of the article. */
    Course ofArticle() {
        return run(() -> new ArticleRetries(time, TIMEOUT, backend));
    }

    /**
     * What comes of pipelines.
     *
     * @param parts what they are made of, beside a timeout
     */
    Course ofPipelines(UnaryOperator<Pipeline.Builder<Backend>> parts) {
        Surroundings surroundings = new Surroundings(
                time.clock(),
                InstantSource.system(),
                () -> random,
                nanos -> {
                    throw new AssertionError("a thread waits");
                },
                time,
                Runnable::run,
                List.of(),
                event -> course.told(time.second(), event));
        return run(() -> new PipelineNode(surroundings, backend, TIMEOUT, parts));
    }

    private Course run(Supplier<Node> nodes) {
        for (int i = 0; i < NODES; i++) {
            Node node = nodes.get();
            for (int client = 0; client < CLIENTS_PER_NODE; client++) {
                time.after(random.nextLong(SECOND_NANOS), () -> call(node));
            }
        }
        time.after(DOWN * SECOND_NANOS, () -> backend.goDown(outage));
        time.after(BACK * SECOND_NANOS, backend::comeBack);
        time.runUntil(Duration.ofSeconds(end + LAST_CALLS));
        return course;
    }

    private void call(Node node) {
        int second = time.second();
        if (second >= end) {
            return;
        }
        time.after(SECOND_NANOS, () -> call(node));
        course.offered(second);
        node.call(succeeded -> {
            if (succeeded) {
                course.answered(second);
            }
        });
    }
}
