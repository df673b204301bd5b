package io.seawall.resilience.pipeline;

import java.util.concurrent.ThreadFactory;

/** Threads for an application that has no container to give it any: daemons. */
public final class OwnThreads {

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
}
