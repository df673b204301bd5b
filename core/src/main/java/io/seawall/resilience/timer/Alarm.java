package io.seawall.resilience.timer;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens at an instant, unless it is called off before. Set once, by one thread.
 *
 * <p>It is its own entry in the wheel of the timer, so that to set it allocates nothing. Its fields are the wheel's, and kept
 * small: there is one of these for every call with a limit.
 */
public abstract class Alarm {

    /** In no bucket: not set yet, called off, or about to ring. */
    static final short NOWHERE = -1;

    /** The wheel that it was set in; read without a lock, so it does not change any more. */
    short stripe;

    short bucket = NOWHERE;

    long tick;

    @Nullable
    Alarm next;

    @Nullable
    Alarm previous;

    /** For subclasses. */
    protected Alarm() {}

    /** The time has come. On the thread of the timer: short, never waits, throws nothing. */
    protected abstract void ring();
}
