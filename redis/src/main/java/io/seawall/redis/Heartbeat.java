package io.seawall.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What a store does by itself, in threads that wait for no connection: a pulse each second, and a look at who hangs. */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RedisLimitStore.class.getName());
    private static final int PULSE_MILLIS = 1000;
    private static final int WATCH_MILLIS = 100;
    private static final int CLOSE_MILLIS = 1000;

    /** Two: the pulse itself may hang. */
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(2, task -> {
        Thread daemon = new Thread(task, "seawall-redis-pulse");
        daemon.setDaemon(true);
        return daemon;
    });

    Heartbeat(Servers servers, Runnable pulse) {
        every(PULSE_MILLIS, () -> {
            servers.all().forEach(RedisServer::keepAlive);
            pulse.run();
        });
        every(WATCH_MILLIS, () -> servers.all().forEach(RedisServer::cutIfLate));
    }

    private void every(int millis, Runnable task) {
        Future<?> unused = executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (Throwable e) {
                        // Whatever it was: the next one must come.
                        LOG.log(Level.DEBUG, "Redis did not answer this node's pulse", e);
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** Waits a second at most for the threads to end. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            boolean unused = executor.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
