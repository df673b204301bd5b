package io.seawall.redis;

import java.util.concurrent.TimeUnit;

/** The moment at which somebody stops waiting, on the clock by which threads wait and sockets time out. Immutable. */
final class Deadline {

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    /** So much from now. */
    static Deadline in(long fromNowNanos) {
        return new Deadline(System.nanoTime() + fromNowNanos);
    }

    /** 0 or less: it has come. */
    long leftNanos() {
        return nanos - System.nanoTime();
    }

    /** At least 1, for what takes 0 as no deadline at all. */
    int leftMillis() {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos()));
    }

    /** That one, if it comes before this. */
    Deadline orEarlier(Deadline other) {
        return other.nanos - nanos < 0 ? other : this;
    }
}
