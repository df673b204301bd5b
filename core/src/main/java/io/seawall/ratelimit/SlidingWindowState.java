package io.seawall.ratelimit;

import java.util.Arrays;

/**
 * The exact sliding window: never more than {@code permits} in any window {@code (t - W, t]}.
 *
 * <p>A log of every admission would be exact and grow with the traffic (a sorted set in Redis costs 118 kB for a client
 * of 1,000 permits). Two counters, weighting the previous window, are small and wrong in both directions. This lies
 * between: time is cut into slices of W/60 and admissions are counted per slice. A slice is forgotten when its
 * <i>last</i> microsecond has left the window, so an admission is remembered for W at least and W + W/60 at most:
 * never too many, and early by at most W/60. Only slices that hold something are kept; 64 cover every window.
 *
 * <p>When the clock goes back, admissions go on being counted in the newest slice, so nothing is forgotten early. When
 * it goes back by more than a window, the old slices would block the client until the clock has caught up; they are
 * moved to the present instead, which still remembers each admission for a full window.
 */
final class SlidingWindowState implements QuotaState {

    /** Slices per window: the price of one more byte of state against refusing later by less than W/60. */
    static final int SLICES_PER_WINDOW = 60;

    private static final int INITIAL_CAPACITY = 4;

    private final long permits;
    private final long windowMicros;
    private final long sliceMicros;

    /** Slice numbers, oldest first, and how many permits each holds; {@code size} of both are in use. */
    private long[] slices;

    private long[] counts;
    private int size;
    private long used;

    SlidingWindowState(long permits, long windowMicros) {
        this.permits = permits;
        this.windowMicros = windowMicros;
        this.sliceMicros = Math.max(1, windowMicros / SLICES_PER_WINDOW);
        this.slices = new long[INITIAL_CAPACITY];
        this.counts = new long[INITIAL_CAPACITY];
    }

    private SlidingWindowState(SlidingWindowState other) {
        permits = other.permits;
        windowMicros = other.windowMicros;
        sliceMicros = other.sliceMicros;
        size = other.size;
        slices = Arrays.copyOf(other.slices, Math.max(INITIAL_CAPACITY, size));
        counts = Arrays.copyOf(other.counts, Math.max(INITIAL_CAPACITY, size));
        used = other.used;
    }

    @Override
    public long retryAfterMicros(long nowMicros, long cost) {
        forgetBefore(nowMicros);
        long missing = cost - (permits - used);
        for (int i = 0; missing > 0; i++) {
            missing -= counts[i];
            if (missing <= 0) {
                return expiryMicros(slices[i]) - nowMicros;
            }
        }
        return 0;
    }

    @Override
    public void charge(long nowMicros, long cost) {
        forgetBefore(nowMicros);
        long slice = Math.floorDiv(nowMicros, sliceMicros);
        if (size > 0 && slices[size - 1] >= slice) {
            counts[size - 1] += cost;
        } else {
            append(slice, cost);
        }
        used += cost;
    }

    @Override
    public long remaining(long nowMicros) {
        forgetBefore(nowMicros);
        return permits - used;
    }

    @Override
    public long resetAfterMicros(long nowMicros) {
        forgetBefore(nowMicros);
        return size == 0 ? 0 : expiryMicros(slices[size - 1]) - nowMicros;
    }

    @Override
    public QuotaState copy() {
        return new SlidingWindowState(this);
    }

    /** How many slices are kept now. */
    int size() {
        return size;
    }

    /** The first instant at which nothing of this slice is in the window any more. */
    private long expiryMicros(long slice) {
        return (slice + 1) * sliceMicros - 1 + windowMicros;
    }

    private void forgetBefore(long nowMicros) {
        if (size == 0) {
            return;
        }
        if (slices[size - 1] * sliceMicros - nowMicros > windowMicros) {
            slices[0] = Math.floorDiv(nowMicros, sliceMicros);
            counts[0] = used;
            size = 1;
            return;
        }
        int expired = 0;
        while (expired < size && expiryMicros(slices[expired]) <= nowMicros) {
            used -= counts[expired];
            expired++;
        }
        if (expired > 0) {
            size -= expired;
            System.arraycopy(slices, expired, slices, 0, size);
            System.arraycopy(counts, expired, counts, 0, size);
        }
    }

    private void append(long slice, long count) {
        if (size == slices.length) {
            slices = Arrays.copyOf(slices, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        slices[size] = slice;
        counts[size] = count;
        size++;
    }
}
