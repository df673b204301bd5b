package io.seawall.resilience.timer;

import io.seawall.test.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A timer whose time is moved by hand: alarms ring on the thread that moves it, in the order of their time. Thread-safe. */
public final class HandTimer implements Timer {

    private record Entry(Alarm alarm, long dueNanos) {}

    private final FakeClock clock;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Long> delays = new ArrayList<>();

    /** On a clock of its own. */
    public HandTimer() {
        this(new FakeClock());
    }

    /**
     * On a clock, which from now on is to be moved by {@link #advance} alone.
     *
     * @param clock tells others the same time
     */
    public HandTimer(FakeClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void set(Alarm alarm, long delayNanos) {
        entries.add(new Entry(alarm, clock.getAsLong() + delayNanos));
        delays.add(delayNanos);
    }

    @Override
    public synchronized void unset(Alarm alarm) {
        entries.removeIf(entry -> entry.alarm() == alarm);
    }

    /**
     * Lets time pass, and whatever is due meanwhile ring at its own instant: also what is set by what has rung.
     *
     * @param by how far
     */
    public void advance(Duration by) {
        long endNanos = clock.getAsLong() + by.toNanos();
        for (Optional<Entry> due = takeDue(endNanos); due.isPresent(); due = takeDue(endNanos)) {
            clock.advanceNanos(Math.max(0, due.get().dueNanos() - clock.getAsLong()));
            due.get().alarm().ring();
        }
        clock.advanceNanos(endNanos - clock.getAsLong());
    }

    /**
     * Lets time pass until the next alarm, and that ring.
     *
     * @throws AssertionError if none is set: nothing would ever happen
     */
    public void advanceToNext() {
        long nowNanos = clock.getAsLong();
        Entry next;
        synchronized (this) {
            next = entries.stream().min(byTime()).orElseThrow(() -> new AssertionError("no alarm is set"));
            entries.remove(next);
        }
        clock.advanceNanos(Math.max(0, next.dueNanos() - nowNanos));
        next.alarm().ring();
    }

    /** Lets everything that is set ring, however far away its time is. The clock stands still. */
    public void ringAll() {
        for (Alarm alarm : alarms()) {
            unset(alarm);
            alarm.ring();
        }
    }

    /**
     * Lets an alarm ring, set or not: a timer that comes too late.
     *
     * @param alarm the alarm
     */
    public static void ring(Alarm alarm) {
        alarm.ring();
    }

    /**
     * What is set.
     *
     * @return the alarms, in the order of their time
     */
    public synchronized List<Alarm> alarms() {
        return entries.stream().sorted(byTime()).map(Entry::alarm).toList();
    }

    /**
     * Every delay that was ever asked for, also of alarms that have been called off.
     *
     * @return nanoseconds, in the order in which they were set
     */
    public synchronized List<Long> delays() {
        return List.copyOf(delays);
    }

    private synchronized Optional<Entry> takeDue(long endNanos) {
        Optional<Entry> first = entries.stream().min(byTime()).filter(entry -> entry.dueNanos() - endNanos <= 0);
        first.ifPresent(entries::remove);
        return first;
    }

    /** By what is left: the clock runs over the edge of its numbers. */
    private Comparator<Entry> byTime() {
        long nowNanos = clock.getAsLong();
        return Comparator.comparingLong(entry -> entry.dueNanos() - nowNanos);
    }
}
