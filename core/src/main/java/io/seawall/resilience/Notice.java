package io.seawall.resilience;

/**
 * A task that tells somebody what a call has come to, and makes no attempt at one. It should not wait for a thread behind tasks that do:
 * it may be about the time limit of the very calls that hold all threads.
 */
@FunctionalInterface
public interface Notice extends Runnable {}
