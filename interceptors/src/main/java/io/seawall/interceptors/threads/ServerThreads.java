package io.seawall.interceptors.threads;

import io.seawall.events.SeawallEvent;
import io.seawall.resilience.Notice;
import io.seawall.resilience.pipeline.OwnExecutor;
import io.seawall.resilience.pipeline.OwnThreads;
import io.seawall.resilience.pipeline.Surroundings;
import io.seawall.resilience.timer.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads of an application: those of Jakarta Concurrency where the server has it, else our own. Thread-safe.
 *
 * <p>The server's are found by name, when they are needed first: when an extension of CDI begins, the server may not have them
 * ready. A server that is about to stop an application takes no tasks any more, and drops what it has taken: all that comes to our
 * own threads, so that nobody waits for it in vain. So does a {@link Notice} that the server does not begin soon: all its threads may be held
 * by the calls that it is about. An attempt waits: elsewhere it would miss the context of the application.
 */
public final class ServerThreads implements AutoCloseable {

    private static final String TIMER = "seawall-timer";

    /** Long for a thread that is free, and short for somebody whose time is over. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Lent<ThreadFactory> factory;
    private final Lent<Executor> lent;
    private final OwnExecutor own = new OwnExecutor();

    /** What the server has taken and not begun. */
    private final Set<Errand> waiting = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Timer timer;
    private volatile boolean closed;

    /** Of the server that this runs in. */
    public ServerThreads() {
        this(name -> new JndiNames().find(name)); // made late: JNDI may be missing
    }

    ServerThreads(Names names) {
        this.factory = new Lent<>("java:comp/DefaultManagedThreadFactory", ThreadFactory.class, names);
        this.lent = new Lent<>("java:comp/DefaultManagedExecutorService", Executor.class, names);
    }

    /**
     * The system's clock and chance, on these threads.
     *
     * @param events told what happens to the targets
     * @return the surroundings
     */
    public Surroundings surroundings(Consumer<? super SeawallEvent> events) {
        Surroundings surroundings = Surroundings.ofSystem(this::timerThread, this::execute, events);
        watchBy(surroundings.timer());
        return surroundings;
    }

    void watchBy(Timer watch) {
        timer = watch;
    }

    /** Looks for the server's now: on a thread that sees them, as not all do. */
    public void look() {
        factory.find();
        lent.find();
    }

    /**
     * Makes the thread of a timer.
     *
     * @param task runs in it
     * @return a thread that has not begun
     */
    public Thread timerThread(Runnable task) {
        return thread(TIMER, task);
    }

    /**
     * Makes a thread that sees what the application has seen when it started, and nothing of who has it made.
     *
     * @param name of the thread
     * @param task runs in it
     * @return a thread that has not begun
     */
    public Thread thread(String name, Runnable task) {
        Thread thread = closed ? null : lentThread(name, task);
        return thread == null ? OwnThreads.named(name).newThread(task) : thread;
    }

    private @Nullable Thread lentThread(String name, Runnable task) {
        ThreadFactory found = factory.find();
        if (found == null) {
            return null;
        }
        try {
            Thread thread = found.newThread(task);
            if (thread != null) {
                thread.setName(name);
            }
            return thread;
        } catch (RuntimeException stopped) {
            return null;
        }
    }

    /**
     * Runs a task on another thread, or on the calling one if all is closed.
     *
     * @param task never refused, and run once
     */
    public void execute(Runnable task) {
        Executor found = closed ? null : lent.find();
        if (found == null) {
            own.execute(task);
        } else {
            lend(task, found);
        }
    }

    private void lend(Runnable task, Executor executor) {
        Errand errand = new Errand(task, waiting, own);
        Timer watch = timer;
        try {
            if (task instanceof Notice && watch != null) {
                errand.watch(watch, PATIENCE_NANOS);
            }
            executor.execute(errand);
        } catch (RejectedExecutionException | IllegalStateException stopped) {
            errand.runOnOwn();
        } catch (Throwable noThread) { // whoever has sent it is told, and sees to it that nobody waits for it
            errand.forget();
            throw noThread;
        }
        if (closed) { // and whoever closed it may not have seen the errand
            errand.runOnOwn();
        }
    }

    /** Runs what the server has not begun, and ends our own threads when they are done. Safe to call twice. */
    @Override
    public void close() {
        closed = true;
        waiting.forEach(Errand::runOnOwn);
        own.close();
    }
}
