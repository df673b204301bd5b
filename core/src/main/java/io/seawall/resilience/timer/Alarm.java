package io.seawall.resilience.timer;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Something that happens at an instant, unless it is called off before. Set once, by one thread. */
public abstract class Alarm {

    /** Of the timer that it was set at. */
    @Nullable
    Future<?> planned;

    /** For subclasses. */
    protected Alarm() {}

    /** The time has come. On the thread of the timer: short, never waits, throws nothing. */
    protected abstract void ring();
}
