package io.seawall.interceptors.observers;

import io.seawall.events.SeawallEvent;
import io.seawall.metrics.Counter;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Who observes the events of an application. Whoever brings an event about leaves it here and goes on; one thread of the application
 * takes it to all observers, in the order in which events have come, and ends when there is nothing to do. It is none of the
 * caller's: an observer sees neither his transaction nor his request, and cannot hold him up. Thread-safe.
 *
 * <p>Who observes more slowly than events come has some dropped, which is counted and logged. Nobody is told before the application
 * has started, nor of what happens after it has ended.
 */
public final class Observers implements AutoCloseable {

    /** More than an observer that hangs for a minute misses of a few targets, and no memory to speak of. */
    static final int MOST_WAITING = 256;

    private static final Meter DROPPED =
            Meter.counter("seawall.events.dropped", "Events that observers were not told of since they take too long.");

    private static final int IDLE_SECONDS = 10;
    private static final int CLOSE_MILLIS = 1000;

    private static final Logger LOG = System.getLogger(Observers.class.getName());

    private final ThreadFactory threads;
    private final Executor executor;
    private final BlockingQueue<Taken> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private final AtomicBoolean isBehind = new AtomicBoolean();
    private final Counter dropped;
    private volatile @Nullable Notifier notifier;
    private volatile @Nullable Thread thread;
    private volatile boolean closed;
    private volatile boolean cut;

    /** What the thread takes: an event, or nothing, to look whether it is over. */
    private record Taken(@Nullable SeawallEvent event) {}

    /**
     * Of an application that has not started.
     *
     * @param threads makes a thread that sees what the application sees, and nothing of who has it made
     * @param executor where asynchronous observers are
     * @param metrics has counted what is dropped
     */
    public Observers(ThreadFactory threads, Executor executor, MetricRegistry metrics) {
        this.threads = threads;
        this.executor = executor;
        this.dropped = metrics.counter(DROPPED);
    }

    /**
     * The application has started. Safe to call again.
     *
     * @param beanManager knows its observers
     */
    public void begin(BeanManager beanManager) {
        if (notifier == null && !closed) {
            notifier = new Notifier(beanManager, executor, this::drop);
        }
    }

    /**
     * Has observers told, later. Does not wait.
     *
     * @param event what has happened
     */
    public void accept(SeawallEvent event) {
        Notifier ready = notifier;
        if (closed || ready == null || !ready.isObserved(event)) {
            return;
        }
        if (waiting.offer(new Taken(event))) {
            run();
        } else {
            drop(event);
        }
    }

    private void drop(SeawallEvent event) {
        dropped.increment();
        if (isBehind.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    () -> "observers take longer than events come: they are not told of '" + event.kind() + "' of '"
                            + event.subject() + "', and of more until they have caught up"
                            + " (seawall.events.dropped counts them)");
        }
    }

    private void run() {
        if (!isRunning.compareAndSet(false, true)) {
            return;
        }
        try {
            Thread made = threads.newThread(this::tellAll);
            thread = made;
            made.start();
        } catch (Throwable noThread) {
            isRunning.set(false); // the next event tries again, and takes this one along
            throw noThread;
        }
    }

    private void tellAll() {
        Notifier ready = notifier;
        while (ready != null) {
            ready.onThread(this::tellUntilIdle);
            isRunning.set(false);
            // Somebody may have left an event after the last look, and seen that the thread was running.
            if (cut || waiting.isEmpty() || !isRunning.compareAndSet(false, true)) {
                return;
            }
        }
    }

    private void tellUntilIdle(Notifier ready) {
        try {
            while (!cut) {
                if (waiting.isEmpty() && isBehind.compareAndSet(true, false)) {
                    LOG.log(Level.INFO, "observers of events have caught up");
                }
                Taken next = closed ? waiting.poll() : waiting.poll(IDLE_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    return;
                }
                if (next.event != null) {
                    ready.tell(next.event);
                }
            }
        } catch (InterruptedException over) {
            return; // by an observer that was interrupted, or a server that stops: another thread goes on, if anybody
            // does
        }
    }

    /** Tells what has happened until now, for a second at most; what then still runs is interrupted. Safe to call twice. */
    @Override
    public void close() {
        closed = true;
        boolean unused = waiting.offer(new Taken(null)); // it may sleep; if there is no room, it does not
        Thread running = thread;
        if (running != null && running != Thread.currentThread()) {
            try {
                running.join(CLOSE_MILLIS);
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
            }
            if (running.isAlive()) {
                LOG.log(Level.WARNING, "an observer of events does not end with the application: it is interrupted");
                cut = true;
                running.interrupt();
            }
        }
        notifier = null;
    }
}
