package io.seawall.resilience.timer;

/** Rings alarms, on a thread of its own. Thread-safe. */
public interface Timer {

    /**
     * Sets an alarm.
     *
     * @param alarm rings once, after the delay, never before; was never set before
     * @param delayNanos nanoseconds from now, more than 0
     */
    void set(Alarm alarm, long delayNanos);

    /**
     * Calls an alarm off. Does nothing to one that has rung, is about to ring or was called off before.
     *
     * @param alarm an alarm that was set at this timer
     */
    void unset(Alarm alarm);
}
