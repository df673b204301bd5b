package io.seawall.resilience.timeout;

/** Runs short tasks later, on a thread of its own. Thread-safe. */
public interface Timer {

    /**
     * Plans a task.
     *
     * @param task what to run; short, and throws nothing
     * @param delayNanos after this many nanoseconds, more than 0
     * @return to call it off
     */
    Scheduled schedule(Runnable task, long delayNanos);

    /** A task that is planned. */
    @FunctionalInterface
    interface Scheduled {

        /** Calls the task off, if it has not begun. Safe to call at any time, and twice. */
        void cancel();
    }
}
