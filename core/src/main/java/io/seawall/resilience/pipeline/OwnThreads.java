package io.seawall.resilience.pipeline;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for an application that has no container to give it any: daemons, which begin with work and end without. */
public final class OwnThreads {

    private static final int MAX = 64;
    private static final int IDLE_SECONDS = 10;

    private OwnThreads() {}

    /**
     * Makes threads of one name, which inherit nothing: who happens to have one begin may be a request.
     *
     * @param name of them all
     * @return makes them
     */
    public static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Up to 64 threads. What comes after it was shut down runs where it comes from: it is the end of somebody's call.
     *
     * @return a pool without threads yet
     */
    public static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX,
                MAX,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                named("seawall-async"),
                (task, closed) -> task.run());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
