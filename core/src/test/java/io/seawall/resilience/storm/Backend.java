package io.seawall.resilience.storm;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A service of fixed capacity: so many workers, each of which takes the same time for every request, and a bounded queue before
 * them. As in life, it does not know whether anybody still waits for an answer.
 */
final class Backend {

    /** How it is down. */
    enum Outage {
        /** Requests fail at once. */
        REFUSES,
        /** Requests are taken, as long as there is room in the queue, and nothing happens to them until it is back. */
        HANGS
    }

    private final VirtualTime time;
    private final int workers;
    private final Duration service;
    private final int queueLength;
    private final Course course;
    private final Deque<Consumer<Boolean>> queue = new ArrayDeque<>();
    private int busy;
    private @Nullable Outage outage;

    /**
     * One that is well.
     *
     * @param perSecond its capacity
     * @param service how long a request takes
     * @param queueLength how many wait at most
     */
    Backend(VirtualTime time, int perSecond, Duration service, int queueLength, Course course) {
        this.time = time;
        this.workers = (int) (perSecond * service.toMillis() / 1000);
        this.service = service;
        this.queueLength = queueLength;
        this.course = course;
    }

    /**
     * A request.
     *
     * @param answer told true when it is answered, false when it fails
     */
    void ask(Consumer<Boolean> answer) {
        course.reached(time.second());
        if (outage == Outage.REFUSES || queue.size() == queueLength) {
            answer.accept(false);
        } else {
            queue.add(answer);
            serve();
        }
    }

    /** What waits is lost where requests fail, and stays where they hang; what is being served is answered. */
    void goDown(Outage how) {
        outage = how;
        if (how == Outage.REFUSES) {
            List<Consumer<Boolean>> lost = List.copyOf(queue);
            queue.clear();
            lost.forEach(waiting -> waiting.accept(false));
        }
    }

    void comeBack() {
        outage = null;
        serve();
    }

    private void serve() {
        while (outage == null && busy < workers && !queue.isEmpty()) {
            Consumer<Boolean> answer = queue.remove();
            busy++;
            time.after(service.toNanos(), () -> {
                busy--;
                answer.accept(true);
                serve();
            });
        }
    }
}
