package io.seawall.redis;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connections of lanes, in a thread of its own, so that no request ever waits for one. A lane comes back only after its
 * new connection has answered a question like those of requests, as fast as these must be answered; so a Redis that hangs, is slow,
 * refuses or is away is asked by this thread alone. One log line when nothing is connected any more, one for
 * each error with which Redis refuses meanwhile, and one when something is connected again.
 */
final class Connector implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RedisLimitStore.class.getName());

    /** At the start classes are loaded and names are looked up: that may take longer than later. */
    private static final int FIRST_CONNECT_MILLIS = 2000;

    private static final int CONNECT_MILLIS = 250;

    /** Often enough to be back well within a second, too seldom to be felt. */
    private static final int RETRY_MILLIS = 250;

    private static final int PULSE_MILLIS = 1000;
    private static final int WATCH_MILLIS = 100;
    private static final int CLOSE_MILLIS = 1000;

    private final RedisAddress address;
    private final Lane[] lanes;
    private final Combiner combiner;
    private final Warmup warmup;
    private final ScheduledThreadPoolExecutor connects = executor("seawall-redis-connect");
    private final ScheduledThreadPoolExecutor pulses = executor("seawall-redis-pulse");
    private volatile @Nullable DeadlineSocket opening;
    private boolean told;
    private final Set<RedisError> toldErrors = EnumSet.noneOf(RedisError.class);

    /** Asks a new connection what requests will ask. Throws if the answer is not as it should be. */
    @FunctionalInterface
    interface Warmup {
        void ask(RedisConnection connection, Deadline deadline);
    }

    /**
     * Tries to connect the first lane, and does without if Redis is away.
     *
     * @param count of lanes
     * @param timeoutNanos how soon Redis must answer a request
     */
    Connector(RedisAddress address, int count, long timeoutNanos, BatchWriter writer, Warmup warmup) {
        this.address = address;
        this.warmup = (connection, deadline) -> {
            warmup.ask(connection, deadline); // may load the script, and warms up what the next call needs
            warmup.ask(connection, Deadline.in(timeoutNanos).orEarlier(deadline));
        };
        this.lanes = Stream.generate(() -> new Lane(writer, this::reconnect))
                .limit(count)
                .toArray(Lane[]::new);
        this.combiner = new Combiner(List.of(this.lanes), timeoutNanos);
        connect(this.lanes[0], FIRST_CONNECT_MILLIS);
        for (int i = 1; i < count; i++) {
            schedule(this.lanes[i], 0);
        }
        Future<?> unused = pulses.scheduleWithFixedDelay(
                () -> {
                    for (Lane lane : lanes) {
                        lane.cutIfLate();
                    }
                },
                WATCH_MILLIS,
                WATCH_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor executor(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        });
        // A request may lose a connection while the application is being closed.
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return executor;
    }

    Combiner combiner() {
        return combiner;
    }

    /** Calls it every second while something is connected, in a thread that waits for no connection. */
    void everySecond(Runnable pulse) {
        Future<?> unused = pulses.scheduleWithFixedDelay(
                () -> {
                    try {
                        for (Lane lane : lanes) {
                            combiner.keepAlive(lane);
                        }
                        if (combiner.isConnected()) {
                            pulse.run();
                        }
                    } catch (Throwable e) {
                        // Whatever it was: the next one must come.
                        LOG.log(Level.DEBUG, "Redis did not answer this node's pulse", e);
                    }
                },
                PULSE_MILLIS,
                PULSE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void reconnect(Lane lane, RedisFailure reason) {
        schedule(lane, 0); // before anything that may fail
        LOG.log(Level.DEBUG, "A connection to Redis at {0} was lost ({1})", address, reason.getMessage());
    }

    private void schedule(Lane lane, int delayMillis) {
        Future<?> unused = connects.schedule(() -> connect(lane, CONNECT_MILLIS), delayMillis, TimeUnit.MILLISECONDS);
    }

    private void connect(Lane lane, int timeoutMillis) {
        boolean connected = false;
        try {
            lane.connect(open(Deadline.in(TimeUnit.MILLISECONDS.toNanos(timeoutMillis))));
            connected = true;
        } catch (RedisFailure e) {
            away(e);
        } finally {
            if (!connected) {
                schedule(lane, RETRY_MILLIS); // whatever it was, also an Error: nobody else would ever try again
            }
        }
        if (connected) {
            back();
            combiner.handOver();
            if (connects.isShutdown()) {
                lane.close();
            }
        }
    }

    private RedisConnection open(Deadline deadline) {
        try {
            RedisConnection connection = RedisConnection.open(address, deadline, socket -> opening = socket);
            try {
                warmup.ask(connection, deadline);
                return connection;
            } catch (RuntimeException e) {
                connection.close();
                throw e;
            }
        } finally {
            opening = null;
        }
    }

    private synchronized void away(RedisFailure reason) {
        if (connects.isShutdown()) {
            return; // it was closed by us
        }
        RedisError error = reason.error();
        if (!combiner.isConnected() && !told) {
            told = true;
            LOG.log(
                    Level.WARNING,
                    "Redis at {0} does not answer ({1}). Until it does, requests are decided as on-store-failure says.",
                    address,
                    reason.getMessage());
        } else if (told && error != null && !toldErrors.contains(error)) {
            // It was away, and now it refuses: that somebody has to do something about it was not in the first line.
            LOG.log(Level.WARNING, "Redis at {0} still does not decide: {1}", address, reason.getMessage());
        } else {
            LOG.log(Level.DEBUG, "Redis at {0} gives no connection ({1})", address, reason.getMessage());
        }
        if (told && error != null) {
            toldErrors.add(error);
        }
    }

    private synchronized void back() {
        if (told && !connects.isShutdown()) {
            told = false;
            toldErrors.clear();
            LOG.log(Level.INFO, "Redis at {0} answers: it decides again.", address);
        }
    }

    /** Closes all connections, also one in the making, and waits a second for the threads to end. */
    @Override
    public void close() {
        connects.shutdownNow();
        pulses.shutdownNow();
        DeadlineSocket half = opening;
        if (half != null) {
            try {
                half.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "a connection in the making does not close", e);
            }
        }
        for (Lane lane : lanes) {
            lane.close();
        }
        combiner.handOver();
        try {
            boolean unused = connects.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                    && pulses.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
