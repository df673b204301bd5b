package io.seawall.resilience.storm;

import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.resilience.timer.Timer;
import io.seawall.test.FakeClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Time that passes when there is nothing left to do: events happen in the order of their instants, on one thread, and those of one
 * instant in the order in which they were planned. So a run is the same every time.
 */
final class VirtualTime implements Timer {

    private record Event(long atNanos, long number, Runnable what) {}

    private final FakeClock clock = new FakeClock();
    private final TreeSet<Event> events =
            new TreeSet<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number));
    private final Map<Alarm, Event> alarms = new HashMap<>();
    private long nowNanos;
    private long planned;

    /** What others read, from an origin of its own. */
    FakeClock clock() {
        return clock;
    }

    /** Since the beginning. */
    long nowNanos() {
        return nowNanos;
    }

    /** The running second, from 0. */
    int second() {
        return (int) (nowNanos / 1_000_000_000L);
    }

    void after(long delayNanos, Runnable what) {
        plan(delayNanos, what);
    }

    @Override
    public void set(Alarm alarm, long delayNanos) {
        alarms.put(alarm, plan(delayNanos, () -> {
            alarms.remove(alarm);
            HandTimer.ring(alarm);
        }));
    }

    @Override
    public void unset(Alarm alarm) {
        Event event = alarms.remove(alarm);
        if (event != null) {
            events.remove(event);
        }
    }

    void runUntil(Duration end) {
        long endNanos = end.toNanos();
        while (!events.isEmpty() && events.first().atNanos() <= endNanos) {
            Event next = events.first();
            events.remove(next);
            moveTo(next.atNanos());
            next.what().run();
        }
        moveTo(endNanos);
    }

    private Event plan(long delayNanos, Runnable what) {
        Event event = new Event(nowNanos + delayNanos, planned++, what);
        events.add(event);
        return event;
    }

    private void moveTo(long atNanos) {
        clock.advanceNanos(atNanos - nowNanos);
        nowNanos = atNanos;
    }
}
