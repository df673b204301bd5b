package io.seawall.resilience.retry;

import java.util.Arrays;

/**
 * What a budget knows of the last seconds, in slices of 250 ms: for each the first note of how many calls there were, and how
 * many retries were granted. The window that ends now is (now − length, now]. Instants are nanoseconds from 0, and never go
 * back. Not thread-safe.
 */
final class BudgetWindow {

    static final long SLICE_NANOS = 250_000_000L;

    private static final long NONE = -1;

    /** The slice of now, and all before it that the longest window may touch. Slice n is at n modulo their number. */
    private final int slices;

    private final long[] notedNanos;
    private final long[] notedCalls;
    private final long[] retries;
    private long newest;

    /** A window of up to this length, a multiple of the slice's. */
    BudgetWindow(long longestNanos) {
        slices = (int) (longestNanos / SLICE_NANOS) + 1;
        notedNanos = new long[slices];
        notedCalls = new long[slices];
        retries = new long[slices];
        Arrays.fill(notedCalls, NONE);
    }

    /** There have been so many calls by now, or more. */
    void note(long nowNanos, long calls) {
        int slice = enter(nowNanos);
        if (notedCalls[slice] == NONE) {
            notedCalls[slice] = calls;
            notedNanos[slice] = nowNanos;
        }
    }

    /** A retry is made. */
    void onRetry(long nowNanos) {
        retries[enter(nowNanos)]++;
    }

    /** At least so many of the calls there have been were made in the window: those since its oldest note. */
    long certainCalls(long nowNanos, long lengthNanos, long calls) {
        enter(nowNanos);
        for (long number = oldest(nowNanos, lengthNanos); number <= newest; number++) {
            int slice = place(number);
            if (notedCalls[slice] != NONE && notedNanos[slice] > nowNanos - lengthNanos) {
                return calls - notedCalls[slice];
            }
        }
        return 0;
    }

    /** At most so many retries were made in the window: those of every slice that it touches. */
    long possibleRetries(long nowNanos, long lengthNanos) {
        enter(nowNanos);
        long sum = 0;
        for (long number = oldest(nowNanos, lengthNanos); number <= newest; number++) {
            sum += retries[place(number)];
        }
        return sum;
    }

    private static long oldest(long nowNanos, long lengthNanos) {
        return Math.max(0, Math.floorDiv(nowNanos - lengthNanos, SLICE_NANOS));
    }

    /** Makes room for the slice of now, by forgetting those that no window touches any more. */
    private int enter(long nowNanos) {
        long current = nowNanos / SLICE_NANOS;
        for (long number = Math.max(newest, current - slices) + 1; number <= current; number++) {
            int slice = place(number);
            notedCalls[slice] = NONE;
            retries[slice] = 0;
        }
        newest = current;
        return place(current);
    }

    private int place(long number) {
        return (int) (number % slices);
    }
}
