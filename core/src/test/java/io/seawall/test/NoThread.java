package io.seawall.test;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Executors that take no task. */
public final class NoThread {

    private NoThread() {}

    /**
     * Every way in which one has no thread to give.
     *
     * @return one that is closed, one of an application that a server has stopped, and one of a machine without memory
     */
    public static List<Executor> executors() {
        return List.of(
                task -> {
                    throw new RejectedExecutionException("closed");
                },
                task -> {
                    throw new IllegalStateException("stopped");
                },
                task -> {
                    throw new InternalError("unable to create native thread");
                });
    }
}
