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
 * One Redis server, and how it is reached. Connections are made in a thread of its own, so that no request ever waits for one. A lane
 * comes back only after its new connection has answered a question like those of requests, as fast as these must be answered; so a
 * Redis that hangs, is slow, refuses or is away is asked by this thread alone. Who listens is told when nothing is connected
 * any more, and when something is again; meanwhile there is one log line for each error with which Redis refuses.
 */
final class RedisServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RedisLimitStore.class.getName());

    /** One reads its answer while the next batch is sent on the other. */
    private static final int CONNECTIONS = 2;

    private static final int CONNECT_MILLIS = 250;

    /** Often enough to be back well within a second, too seldom to be felt. */
    private static final int RETRY_MILLIS = 250;

    /** A thread that makes no connections ends. */
    private static final int IDLE_MILLIS = 2000;

    private static final int CLOSE_MILLIS = 1000;

    /** Asks a new connection what requests will ask. Throws if the answer is not as it should be. */
    @FunctionalInterface
    interface Warmup {
        void ask(RedisConnection connection, Deadline deadline);
    }

    private final RedisAddress login;
    private final Locator locator;
    private final String name;
    private final Warmup warmup;
    private final ServerListener listener;
    private final Lane[] lanes;
    private final Combiner combiner;
    private final ScheduledThreadPoolExecutor connects;
    private volatile @Nullable DeadlineSocket opening;
    private boolean told;
    private final Set<RedisError> toldErrors = EnumSet.noneOf(RedisError.class);

    /**
     * A server that is not connected yet.
     *
     * @param login who we are there
     * @param locator where it is
     * @param name for messages
     * @param timeoutNanos how soon it must answer a request
     * @param listener told when it does not answer any more, and when it does again
     */
    RedisServer(
            RedisAddress login,
            Locator locator,
            String name,
            long timeoutNanos,
            BatchWriter writer,
            Warmup warmup,
            ServerListener listener) {
        this.listener = listener;
        this.login = login;
        this.locator = locator;
        this.name = name;
        this.warmup = (connection, deadline) -> {
            warmup.ask(connection, deadline); // may load the script, and warms up what the next call needs
            warmup.ask(connection, Deadline.in(timeoutNanos).orEarlier(deadline));
        };
        this.lanes = Stream.generate(() -> new Lane(writer, this::reconnect))
                .limit(CONNECTIONS)
                .toArray(Lane[]::new);
        this.combiner = new Combiner(List.of(this.lanes), timeoutNanos);
        this.connects = executor();
    }

    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "seawall-redis-connect");
            daemon.setDaemon(true);
            return daemon;
        });
        // A request may lose a connection while the application is being closed.
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        executor.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Tries once to connect, in the thread that calls, and then again and again in another. */
    void start(int firstConnectMillis) {
        connect(lanes[0], firstConnectMillis);
        startOthers(1);
    }

    /** Connects in a thread of its own. */
    void start() {
        startOthers(0);
    }

    private void startOthers(int first) {
        for (int i = first; i < lanes.length; i++) {
            schedule(lanes[i], 0);
        }
    }

    Combiner combiner() {
        return combiner;
    }

    /** Finds out whether connections that nobody uses are still there, before a request does. */
    void keepAlive() {
        for (Lane lane : lanes) {
            combiner.keepAlive(lane);
        }
    }

    /** Cuts off threads that hang where no time-out reaches. */
    void cutIfLate() {
        for (Lane lane : lanes) {
            lane.cutIfLate();
        }
    }

    private void reconnect(Lane lane, RedisFailure reason) {
        schedule(lane, 0); // before anything that may fail
        LOG.log(Level.DEBUG, "A connection to Redis at {0} was lost ({1})", name, reason.getMessage());
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
        Locator.Opener opener =
                (endpoint, as, until) -> RedisConnection.open(endpoint, as, until, socket -> opening = socket);
        try {
            RedisConnection connection = opener.open(locator.locate(opener, deadline), login, deadline);
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
            listener.changed(
                    name,
                    false,
                    "Redis at " + name + " does not answer (" + reason.getMessage()
                            + "). Until it does, requests are decided as on-store-failure says.");
        } else if (told && error != null && !toldErrors.contains(error)) {
            // It was away, and now it refuses: that somebody has to do something about it was not in the first line.
            LOG.log(Level.WARNING, "Redis at {0} still does not decide: {1}", name, reason.getMessage());
        } else {
            LOG.log(Level.DEBUG, "Redis at {0} gives no connection ({1})", name, reason.getMessage());
        }
        if (told && error != null) {
            toldErrors.add(error);
        }
    }

    private synchronized void back() {
        if (told && !connects.isShutdown()) {
            told = false;
            toldErrors.clear();
            listener.changed(name, true, "Redis at " + name + " answers: it decides again.");
        }
    }

    /** Closes all connections, also one in the making, and waits a second for the thread to end. */
    @Override
    public void close() {
        connects.shutdownNow();
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
            boolean unused = connects.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
