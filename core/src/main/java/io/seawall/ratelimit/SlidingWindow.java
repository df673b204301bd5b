package io.seawall.ratelimit;

import java.util.Arrays;

/**
 * The exact sliding window: never more than {@code permits} in any window {@code (t - W, t]}.
 *
 * <p>A log of every admission would be exact and grow with the traffic (a sorted set in Redis costs 118 kB for a client
 * of 1,000 permits). Two counters, weighting the previous window, are small and wrong in both directions. This lies
 * between: time is cut into slices of W/60 and admissions are counted per slice. A slice is forgotten when its
 * <i>last</i> microsecond has left the window, so an admission is remembered for W at least and W + W/60 at most:
 * never too many, and early by at most W/60. The counts stand in a ring of 64 places, which is what covers every window.
 *
 * <p>When the clock goes back, admissions go on being counted in the newest slice, so nothing is forgotten early. When
 * it goes back by more than a window, the old slices would block the client until the clock has caught up; they are
 * moved to the present instead, which still remembers each admission for a full window.
 */
final class SlidingWindow extends Quota {

    /** Slices per window: the price of one more byte of state against refusing later by less than W/60. */
    static final int SLICES_PER_WINDOW = 60;

    /** A power of two. A window of 1 ms has slices of 16 microseconds, and 64 of them touch it. */
    private static final int RING_SIZE = 64;

    /**
     * The oldest and the newest slice that may hold something, the sum of all, and what the newest holds; then the ring of the
     * others, 0 outside of these two. The newest stands apart, so that most decisions touch one line of the processor's cache.
     */
    private static final int FIRST = 0;

    private static final int LAST = 1;
    private static final int USED = 2;
    private static final int NEWEST = 3;
    private static final int RING = 4;

    private final long permits;
    private final long windowMicros;
    private final long sliceMicros;

    SlidingWindow(long permits, long windowMicros) {
        this.permits = permits;
        this.windowMicros = windowMicros;
        this.sliceMicros = Math.max(1, windowMicros / SLICES_PER_WINDOW);
    }

    @Override
    int cells() {
        return RING + RING_SIZE;
    }

    @Override
    long retryAfterMicros(long[] cells, int at, long nowMicros, long cost) {
        long used = used(cells, at, nowMicros);
        if (cost > permits) {
            return NEVER;
        }
        long missing = cost - (permits - used);
        if (missing <= 0) {
            return 0;
        }
        long slice = firstInWindow(cells, at, nowMicros);
        missing -= count(cells, at, slice);
        while (missing > 0) {
            slice++;
            missing -= count(cells, at, slice);
        }
        return expiryMicros(slice) - nowMicros;
    }

    @Override
    long take(long[] cells, int at, long nowMicros, long cost) {
        long used = used(cells, at, nowMicros);
        if (used > permits - cost) {
            return retryAfterMicros(cells, at, nowMicros, cost);
        }
        forgetAllBut(used, cells, at, nowMicros);
        long last = cells[at + LAST];
        if (cells[at + USED] == 0) {
            last = Math.floorDiv(nowMicros, sliceMicros);
            cells[at + FIRST] = last;
            cells[at + LAST] = last;
        } else if ((last + 1) * sliceMicros <= nowMicros) {
            cells[place(at, last)] = cells[at + NEWEST];
            cells[at + LAST] = Math.floorDiv(nowMicros, sliceMicros);
            cells[at + NEWEST] = 0;
        }
        cells[at + NEWEST] += cost;
        cells[at + USED] += cost;
        return 0;
    }

    @Override
    void refund(long[] cells, int at, long nowMicros, long cost, long chargedMicros) {
        long charged = Math.floorDiv(chargedMicros, sliceMicros);
        long used = used(cells, at, nowMicros);
        if (used == 0 || expiryMicros(charged) <= nowMicros) {
            return;
        }
        // A charge while the clock was behind stands in a slice that is later than its time, and never in an earlier
        // one.
        long slice = Math.max(charged, firstInWindow(cells, at, nowMicros));
        long last = cells[at + LAST];
        while (slice < last && count(cells, at, slice) == 0) {
            slice++;
        }
        if (slice > last) {
            return;
        }
        forgetAllBut(used, cells, at, nowMicros);
        int counted = slice == last ? at + NEWEST : place(at, slice);
        long given = Math.min(cost, cells[counted]);
        cells[counted] -= given;
        cells[at + USED] -= given;
        while (last > cells[at + FIRST] && cells[at + NEWEST] == 0) {
            last--;
            cells[at + NEWEST] = cells[place(at, last)];
            cells[place(at, last)] = 0;
        }
        cells[at + LAST] = last;
    }

    @Override
    long remaining(long[] cells, int at, long nowMicros) {
        return Math.max(0, permits - used(cells, at, nowMicros));
    }

    @Override
    long resetAfterMicros(long[] cells, int at, long nowMicros) {
        return used(cells, at, nowMicros) == 0 ? 0 : expiryMicros(cells[at + LAST]) - nowMicros;
    }

    private static long count(long[] cells, int at, long slice) {
        return slice == cells[at + LAST] ? cells[at + NEWEST] : cells[place(at, slice)];
    }

    private static int place(int at, long slice) {
        return at + RING + ((int) slice & (RING_SIZE - 1));
    }

    /** The first instant at which nothing of this slice is in the window any more. */
    private long expiryMicros(long slice) {
        return (slice + 1) * sliceMicros - 1 + windowMicros;
    }

    /** What is used in the window. Moves slices that are more than a window ahead of the clock to the present. */
    private long used(long[] cells, int at, long nowMicros) {
        long used = cells[at + USED];
        if (used == 0) {
            return 0;
        }
        long last = cells[at + LAST];
        if (last * sliceMicros - nowMicros > windowMicros) {
            long present = Math.floorDiv(nowMicros, sliceMicros);
            Arrays.fill(cells, at + RING, at + RING + RING_SIZE, 0);
            cells[at + FIRST] = present;
            cells[at + LAST] = present;
            cells[at + NEWEST] = used;
            return used;
        }
        for (long slice = cells[at + FIRST]; slice <= last && expiryMicros(slice) <= nowMicros; slice++) {
            used -= count(cells, at, slice);
        }
        return used;
    }

    /** Not after the last one, where something is in use. */
    private long firstInWindow(long[] cells, int at, long nowMicros) {
        long slice = cells[at + FIRST];
        while (expiryMicros(slice) <= nowMicros) {
            slice++;
        }
        return slice;
    }

    /** Makes room in the ring. Only to take and to give back: for all the others, asking changes nothing. */
    private void forgetAllBut(long used, long[] cells, int at, long nowMicros) {
        long first = cells[at + FIRST];
        long last = cells[at + LAST];
        while (first <= last && expiryMicros(first) <= nowMicros) {
            cells[first == last ? at + NEWEST : place(at, first)] = 0;
            first++;
        }
        cells[at + FIRST] = first;
        cells[at + USED] = used;
    }
}
