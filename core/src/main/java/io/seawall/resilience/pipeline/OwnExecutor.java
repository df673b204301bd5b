package io.seawall.resilience.pipeline;

import io.seawall.resilience.Notice;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks on daemon threads of its own, which begin with work and end without: up to 64 for attempts, and as many for {@link Notice}s, so
 * that no time limit waits for the calls that it is about. What comes after it was closed runs where it comes from: it is the end of
 * somebody's call. Thread-safe.
 */
public final class OwnExecutor implements Executor, AutoCloseable {

    private static final int MAX = 64;
    private static final int IDLE_SECONDS = 10;

    private final ExecutorService attempts = pool("seawall-async");
    private final ExecutorService notices = pool("seawall-notice");

    /** Without threads yet. */
    public OwnExecutor() {}

    private static ExecutorService pool(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX,
                MAX,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                OwnThreads.named(name),
                (task, closed) -> task.run());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public void execute(Runnable task) {
        (task instanceof Notice ? notices : attempts).execute(task);
    }

    /** Runs what it has taken; its threads end with it. Safe to call twice. */
    @Override
    public void close() {
        attempts.shutdown();
        notices.shutdown();
    }
}
