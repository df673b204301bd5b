package io.seawall.resilience.timer;

import org.jspecify.annotations.Nullable;

/**
 * Alarms by the tick at which they ring: to add, to remove and to find the next takes the same few steps, however many there
 * are. Pure: time comes in as a parameter. Not thread-safe.
 *
 * <p>A hierarchical wheel (Varghese and Lauck, 1987, scheme 7), with the digits of a tick to the base of 64. An alarm is in the
 * bucket of the highest digit in which its tick differs from now. So all buckets with alarms in them are ahead of now, those of a lower
 * level are before those of a higher one, and the next one is found by the bits that tell which are in use. When its time comes, a bucket of
 * a higher level is dealt out to lower ones: seldom more than once or twice in the life of an alarm, and mostly never, since it was called off.
 */
final class TimerWheel {

    static final long NEVER = Long.MAX_VALUE;

    private static final int DIGIT_BITS = 6;
    private static final int BUCKETS = 1 << DIGIT_BITS;

    /** Enough for 2^42 ticks: of a millisecond, more than a hundred years. */
    private static final int LEVELS = 7;

    private final @Nullable Alarm[] buckets = new @Nullable Alarm[LEVELS * BUCKETS];

    /** For each level, which of its buckets hold alarms. */
    private final long[] used = new long[LEVELS];

    private long now;
    private int size;

    /**
     * Adds an alarm.
     *
     * @param tick when it rings; at the next tick, if that is over
     */
    void add(Alarm alarm, long tick) {
        alarm.tick = Math.max(tick, now + 1);
        put(alarm);
        size++;
    }

    /** Removes an alarm. Does nothing to one that is not there. */
    void remove(Alarm alarm) {
        int bucket = alarm.bucket;
        if (bucket == Alarm.NOWHERE) {
            return;
        }
        Alarm next = alarm.next;
        Alarm previous = alarm.previous;
        if (next != null) {
            next.previous = previous;
        }
        if (previous != null) {
            previous.next = next;
        } else {
            buckets[bucket] = next;
            if (next == null) {
                used[bucket / BUCKETS] &= ~(1L << bucket);
            }
        }
        alarm.bucket = Alarm.NOWHERE;
        alarm.next = null;
        alarm.previous = null;
        size--;
    }

    /** The tick at which there is next something to do, which may be a little before an alarm rings; {@link #NEVER} without any. */
    long nextTick() {
        for (int level = 0; level < LEVELS; level++) {
            if (used[level] != 0) {
                int shift = level * DIGIT_BITS;
                long digitsAbove = (now >>> (shift + DIGIT_BITS)) << (shift + DIGIT_BITS);
                return digitsAbove | ((long) Long.numberOfTrailingZeros(used[level]) << shift);
            }
        }
        return NEVER;
    }

    /**
     * Lets time pass, and takes out what is due.
     *
     * @param to the tick it is then
     * @param others comes after what is due
     * @return the alarms, linked by {@code next}
     */
    @Nullable
    Alarm takeDue(long to, @Nullable Alarm others) {
        Alarm due = others;
        for (long next = nextTick(); next <= to; next = nextTick()) {
            now = next;
            for (Alarm alarm = takeFirstBucket(); alarm != null; ) {
                Alarm after = alarm.next;
                if (alarm.tick == now) {
                    alarm.bucket = Alarm.NOWHERE;
                    alarm.previous = null;
                    alarm.next = due;
                    due = alarm;
                    size--;
                } else {
                    put(alarm);
                }
                alarm = after;
            }
        }
        now = Math.max(now, to);
        return due;
    }

    int size() {
        return size;
    }

    private void put(Alarm alarm) {
        int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(alarm.tick ^ now)) / DIGIT_BITS;
        int digit = (int) (alarm.tick >>> (level * DIGIT_BITS)) & (BUCKETS - 1);
        int bucket = level * BUCKETS + digit;
        Alarm first = buckets[bucket];
        if (first != null) {
            first.previous = alarm;
        }
        alarm.previous = null;
        alarm.next = first;
        alarm.bucket = (short) bucket;
        buckets[bucket] = alarm;
        used[level] |= 1L << digit;
    }

    private @Nullable Alarm takeFirstBucket() {
        int level = 0;
        while (used[level] == 0) {
            level++;
        }
        int digit = Long.numberOfTrailingZeros(used[level]);
        used[level] &= ~(1L << digit);
        int bucket = level * BUCKETS + digit;
        Alarm first = buckets[bucket];
        buckets[bucket] = null;
        return first;
    }
}
