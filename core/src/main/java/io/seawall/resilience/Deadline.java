package io.seawall.resilience;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When the patience of a caller is over, with all attempts at his call and the waits between them. Immutable. */
public final class Deadline {

    /** No deadline: the caller waits for as long as it takes. */
    public static final Deadline NONE = new Deadline(Duration.ZERO, () -> 0, 0);

    private final Duration total;
    private final LongSupplier nanoTime;
    private final long overAtNanos;

    private Deadline(Duration total, LongSupplier nanoTime, long overAtNanos) {
        this.total = total;
        this.nanoTime = nanoTime;
        this.overAtNanos = overAtNanos;
    }

    /**
     * A deadline that is over this long from now.
     *
     * @param total how long the caller waits
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @return the deadline
     */
    public static Deadline in(Duration total, LongSupplier nanoTime) {
        return new Deadline(total, nanoTime, nanoTime.getAsLong() + total.toNanos());
    }

    /**
     * Whether there is one.
     *
     * @return false for {@link #NONE} only
     */
    public boolean isSet() {
        return this != NONE;
    }

    /**
     * How much time is left. Reads the clock if there is a deadline.
     *
     * @return nanoseconds, 0 or less when it is over; {@link Long#MAX_VALUE} without a deadline
     */
    public long leftNanos() {
        return isSet() ? overAtNanos - nanoTime.getAsLong() : Long.MAX_VALUE;
    }

    /**
     * Whether something that takes this long leaves time for more. Reads the clock if there is a deadline.
     *
     * @param nanos how long it takes
     * @return true if strictly more time is left
     */
    public boolean leaves(long nanos) {
        return leftNanos() > nanos;
    }

    /**
     * How long the caller waits in all, for messages.
     *
     * @return what the deadline was made of
     * @throws IllegalStateException if there is no deadline
     */
    public Duration total() {
        if (!isSet()) {
            throw new IllegalStateException("a call without a deadline has no total: ask isSet() before");
        }
        return total;
    }
}
