package io.seawall.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.clients.jedis.HostAndPort;

/**
 * Makes the connections of lanes, in a thread of its own, so that no request ever waits for one. A lane comes back only after its
 * new connection has answered a question like those of requests; so a Redis that hangs, refuses or is away is asked by this thread
 * alone. One log line when nothing is connected any more, and one when something is.
 */
final class Connector implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RedisLimitStore.class.getName());

    /** At the start classes are loaded and names are looked up: that may take longer than later. */
    private static final int FIRST_CONNECT_MILLIS = 2000;

    private static final int CONNECT_MILLIS = 250;

    /** Often enough to be back well within a second, too seldom to be felt. */
    private static final int RETRY_MILLIS = 250;

    private static final int PULSE_MILLIS = 1000;

    private final RedisAddress address;
    private final Lane[] lanes;
    private final Combiner combiner;
    private final Warmup warmup;
    private final ScheduledThreadPoolExecutor thread;
    private boolean told;

    /** Asks a new connection what requests will ask. Throws if the answer is not as it should be. */
    @FunctionalInterface
    interface Warmup {
        void ask(RedisConnection connection, long deadlineNanos);
    }

    /**
     * Tries to connect the first lane, and does without if Redis is away.
     *
     * @param lanes how many
     */
    Connector(RedisAddress address, int lanes, BatchWriter writer, Warmup warmup) {
        this.address = address;
        this.warmup = warmup;
        this.lanes = Stream.generate(() -> new Lane(writer, this::reconnect))
                .limit(lanes)
                .toArray(Lane[]::new);
        this.combiner = new Combiner(List.of(this.lanes));
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "seawall-redis");
            daemon.setDaemon(true);
            return daemon;
        });
        // A request may lose a connection while the application is being closed.
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        connect(this.lanes[0], FIRST_CONNECT_MILLIS);
        for (int i = 1; i < lanes; i++) {
            schedule(this.lanes[i], 0);
        }
    }

    Combiner combiner() {
        return combiner;
    }

    /**
     * Calls it every second while something is connected, in the same thread.
     *
     * @param pulse may throw {@link RedisFailure}
     */
    void everySecond(Runnable pulse) {
        Future<?> unused = thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        for (Lane lane : lanes) {
                            combiner.keepAlive(lane);
                        }
                        if (combiner.isConnected()) {
                            pulse.run();
                        }
                    } catch (RuntimeException e) {
                        LOG.log(Level.DEBUG, "Redis did not answer this node's pulse", e);
                    }
                },
                PULSE_MILLIS,
                PULSE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void reconnect(Lane lane, RedisFailure reason) {
        LOG.log(Level.DEBUG, "A connection to Redis at {0} was lost ({1})", address, reason.getMessage());
        schedule(lane, 0);
    }

    private void schedule(Lane lane, int delayMillis) {
        Future<?> unused = thread.schedule(() -> connect(lane, CONNECT_MILLIS), delayMillis, TimeUnit.MILLISECONDS);
    }

    private void connect(Lane lane, int timeoutMillis) {
        boolean connected = false;
        try {
            lane.connect(open(timeoutMillis));
            connected = true;
        } catch (RuntimeException e) {
            away(e instanceof RedisFailure failure ? failure : RedisConnection.failure(e));
        } finally {
            if (!connected) {
                schedule(lane, RETRY_MILLIS); // whatever it was, also an Error: nobody else would ever try again
            }
        }
        if (connected) {
            back();
            combiner.handOver();
            if (thread.isShutdown()) {
                lane.close();
            }
        }
    }

    private RedisConnection open(int timeoutMillis) {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        RedisConnection connection =
                RedisConnection.open(new HostAndPort(address.host(), address.port()), address, timeoutMillis);
        try {
            warmup.ask(connection, deadlineNanos);
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private synchronized void away(RedisFailure reason) {
        if (combiner.isConnected() || told) {
            LOG.log(Level.DEBUG, "Redis at {0} gives no connection ({1})", address, reason.getMessage());
            return;
        }
        told = true;
        LOG.log(
                Level.WARNING,
                "Redis at {0} does not answer ({1}). Until it does, requests are decided as on-store-failure says.",
                address,
                reason.getMessage());
    }

    private synchronized void back() {
        if (told && !thread.isShutdown()) {
            told = false;
            LOG.log(Level.INFO, "Redis at {0} answers: it decides again.", address);
        }
    }

    /** Ends the thread, as soon as it has come to the end of what it does, and closes all connections. */
    @Override
    public void close() {
        thread.shutdownNow();
        for (Lane lane : lanes) {
            lane.close();
        }
        combiner.handOver();
    }
}
