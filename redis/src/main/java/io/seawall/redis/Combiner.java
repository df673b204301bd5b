package io.seawall.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The way to one Redis server, shared by all threads of this node: whoever finds a connection free sends what all who wait have to
 * ask, in one go, and hands out the answers (flat combining: Hendler, Incze, Shavit and Tzafrir, 2010). Nobody waits for others to
 * come: a lone call is sent at once, and costs one plain round trip. No lock, no timer, no thread. Thread-safe.
 *
 * <p>Those who find no connection free stand on a stack. A leader takes the whole stack along, oldest first; when it is done and
 * others have come meanwhile, it hands its connection to the youngest of them, who has the most time left.
 */
final class Combiner {

    /** More than there are threads to wait, most of the time; and what fits into the buffers of a socket. */
    private static final int MAX_CALLS = 256;

    private final List<Lane> lanes;
    private final long timeoutNanos;
    private final AtomicReference<@Nullable Call> stack = new AtomicReference<>();

    /**
     * A combiner.
     *
     * @param lanes its connections: one is enough for throughput, a second lets the next batch be sent while an answer is read
     * @param timeoutNanos how long a call waits
     */
    Combiner(List<Lane> lanes, long timeoutNanos) {
        this.lanes = List.copyOf(lanes);
        this.timeoutNanos = timeoutNanos;
    }

    /**
     * Asks, and waits for the answer until the deadline of the call.
     *
     * @throws RedisFailure if there is none, or an error
     */
    void ask(Call call) {
        Lane lane = freeLane();
        if (lane != null && call.take()) {
            lead(lane, call);
            call.requireAnswer();
            return;
        }
        push(call);
        // Again, now that whoever sets a lane free would see the call.
        handOver();
        lane = call.await();
        if (lane == null) {
            return;
        }
        if (call.deadline().leftNanos() < timeoutNanos / 4) {
            // What it asks now it would hardly hear, and a connection that is not read to the end is lost for all.
            lane.release();
            handOver();
            throw new RedisFailure("all connections were in use until the time-out; nothing was charged");
        }
        lead(lane, call);
        call.requireAnswer();
    }

    /** Finds out about a connection that nobody uses whether it is still there, before a request does. */
    void keepAlive(Lane lane) {
        if (lane.take()) {
            CommandCall ping = CommandCall.of("PING", List.of(), Deadline.in(timeoutNanos), Slot.ANY);
            ping.take();
            lead(lane, ping);
        }
    }

    /** Whether any connection is there. */
    boolean isConnected() {
        for (Lane lane : lanes) {
            if (lane.isConnected()) {
                return true;
            }
        }
        return false;
    }

    /** To be called when a lane is free that was not: somebody may wait for it. */
    void handOver() {
        while (true) {
            Call top = stack.get();
            if (top == null) {
                return;
            }
            Lane lane = freeLane();
            if (lane == null) {
                if (isConnected()) {
                    return; // who leads will come here when it is done
                }
                failAll(new RedisFailure("Redis is away"));
                return;
            }
            if (leadAny(top, lane)) {
                return;
            }
            // All have given up.
            stack.compareAndSet(top, null);
            lane.release();
        }
    }

    private static boolean leadAny(Call top, Lane lane) {
        for (Call call = top; call != null; call = call.below) {
            if (call.lead(lane)) {
                return true;
            }
        }
        return false;
    }

    private void lead(Lane lane, Call own) {
        // On a virtual thread, a read under this flag would close the connection of all.
        boolean interrupted = Thread.interrupted();
        try {
            lane.ask(batch(own), own.deadline(), this::handOver);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The leader's call and those that wait, oldest first, as many as are sent at once. */
    private List<Call> batch(Call own) {
        List<Call> waiting = new ArrayList<>();
        for (Call call = stack.getAndSet(null); call != null; call = call.below) {
            waiting.add(call);
        }
        Collections.reverse(waiting);
        List<Call> batch = new ArrayList<>(Math.min(waiting.size(), MAX_CALLS) + 1);
        for (Call call : waiting) {
            if (batch.size() == MAX_CALLS) {
                push(call);
            } else if (call.take()) {
                batch.add(call);
            }
        }
        batch.add(own);
        return batch;
    }

    private void push(Call call) {
        Call top;
        do {
            top = stack.get();
            call.below = top;
        } while (!stack.compareAndSet(top, call));
    }

    private void failAll(RedisFailure reason) {
        for (Call call = stack.getAndSet(null); call != null; call = call.below) {
            if (call.take()) {
                call.failed(reason);
            }
        }
    }

    private @Nullable Lane freeLane() {
        for (Lane lane : lanes) {
            if (lane.take()) {
                return lane;
            }
        }
        return null;
    }
}
