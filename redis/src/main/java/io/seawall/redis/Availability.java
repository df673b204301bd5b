package io.seawall.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether Redis is worth asking. After a few failures in a row it is not, so that no request waits for a time-out; one
 * background probe finds out when it is again. One log line per change. Thread-safe.
 */
final class Availability implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RedisLimitStore.class.getName());

    /** One lost answer may be a garbage collection; three in a row are not. */
    private static final int FAILURES_IN_A_ROW = 3;

    /** Often enough to be back well within a second, too seldom to be felt. */
    private static final int PROBE_EVERY_MILLIS = 250;

    private final RedisAddress address;
    private final Runnable probe;
    private final AtomicBoolean up = new AtomicBoolean(true);
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final ScheduledThreadPoolExecutor prober;

    /**
     * Available until told otherwise.
     *
     * @param probe throws while Redis is away
     */
    Availability(RedisAddress address, Runnable probe) {
        this.address = address;
        this.probe = probe;
        prober = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "seawall-redis-probe");
            thread.setDaemon(true);
            return thread;
        });
        // A request may find Redis away while the application is being closed.
        prober.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    boolean isUp() {
        return up.get();
    }

    void onSuccess() {
        // A plain read first: on the path of every decision, and almost always 0.
        if (failuresInARow.get() != 0) {
            failuresInARow.set(0);
        }
    }

    void onFailure(RuntimeException failure) {
        if (failuresInARow.incrementAndGet() >= FAILURES_IN_A_ROW) {
            goDown(failure);
        }
    }

    void goDown(RuntimeException failure) {
        if (up.compareAndSet(true, false)) {
            scheduleProbe(); // before anything that may fail
            LOG.log(
                    Level.WARNING,
                    "Redis at {0} does not answer ({1}). Until it does, requests are decided as on-store-failure says.",
                    address,
                    failure.getMessage());
        }
    }

    private void scheduleProbe() {
        Future<?> unused = prober.schedule(this::probe, PROBE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void probe() {
        boolean answered = false;
        try {
            probe.run();
            answered = true;
        } catch (RuntimeException stillAway) {
            LOG.log(Level.DEBUG, "Redis at {0} still does not answer ({1})", address, stillAway.getMessage());
        } finally {
            if (!answered) {
                scheduleProbe(); // whatever it was, also an Error: nobody else would ever try again
            }
        }
        if (answered && !prober.isShutdown()) {
            failuresInARow.set(0);
            up.set(true);
            LOG.log(Level.INFO, "Redis at {0} answers: it decides again.", address);
        }
    }

    /** Ends the prober's thread, as soon as a probe that is under way has come to its end. */
    @Override
    public void close() {
        prober.shutdownNow();
    }
}
