package io.seawall.resilience;

/** Lets time pass on the caller's thread. Thread-safe. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Returns after about this time.
     *
     * @param nanos nanoseconds, 0 or more
     * @throws InterruptedException if the thread was interrupted meanwhile or before
     */
    void sleep(long nanos) throws InterruptedException;
}
