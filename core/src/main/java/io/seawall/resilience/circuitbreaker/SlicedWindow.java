package io.seawall.resilience.circuitbreaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The calls that ended within a time T, counted by sixteenths of it: the sixteenth that is running and the 15 before it. So what is
 * counted is never as old as T, and what is younger than 15/16 T is always counted.
 *
 * <p>Lock-free: whoever meets a slice that is out puts a new one in its place, and one of several wins. A thread that adds to a
 * slice which has just been replaced speaks of a time that is out as well.
 */
final class SlicedWindow implements CallWindow {

    /** A power of two: the place of a slice is a mask away. */
    static final int SLICES = 16;

    private static final class Slice {
        final long number;
        final long startNanos;
        final LongAdder calls = new LongAdder();
        final LongAdder failed = new LongAdder();
        final LongAdder slow = new LongAdder();

        Slice(long number, long startNanos) {
            this.number = number;
            this.startNanos = startNanos;
        }
    }

    private final long originNanos;
    private final long sliceNanos;
    private final AtomicReferenceArray<Slice> slices = new AtomicReferenceArray<>(SLICES);

    /** The last that was put in its place: nearly every call belongs to it, and need not divide to find it. */
    private volatile @Nullable Slice latest;

    /**
     * An empty window.
     *
     * @param window T, in whole milliseconds, so a sixteenth is a whole number of nanoseconds
     * @param nowNanos the time
     */
    SlicedWindow(Duration window, long nowNanos) {
        originNanos = nowNanos;
        sliceNanos = window.toNanos() / SLICES;
    }

    @Override
    public void add(long nowNanos, boolean failed, boolean slow) {
        Slice slice = slice(nowNanos);
        if (slice == null) {
            return;
        }
        slice.calls.increment();
        if (failed) {
            slice.failed.increment();
        }
        if (slow) {
            slice.slow.increment();
        }
    }

    /** The slice of an instant; null if it is out. */
    private @Nullable Slice slice(long nowNanos) {
        Slice likely = latest;
        if (likely != null) {
            long sinceNanos = nowNanos - likely.startNanos;
            if (sinceNanos >= 0 && sinceNanos < sliceNanos) {
                return likely;
            }
        }
        return numbered(number(nowNanos));
    }

    private @Nullable Slice numbered(long number) {
        int place = (int) (number & (SLICES - 1));
        Slice current = slices.get(place);
        while (current == null || current.number < number) {
            Slice fresh = new Slice(number, originNanos + number * sliceNanos);
            if (slices.compareAndSet(place, current, fresh)) {
                latest = fresh;
                return fresh;
            }
            current = slices.get(place);
        }
        return current.number == number ? current : null;
    }

    @Override
    public Tally tally(long nowNanos) {
        long newest = number(nowNanos);
        long calls = 0;
        long failed = 0;
        long slow = 0;
        for (int place = 0; place < SLICES; place++) {
            Slice slice = slices.get(place);
            if (slice != null && slice.number > newest - SLICES) {
                // In the reverse order of adding: no call can be missing that is counted as failed or slow.
                slow += slice.slow.sum();
                failed += slice.failed.sum();
                calls += slice.calls.sum();
            }
        }
        return new Tally(calls, failed, slow);
    }

    /** Not below zero: another core's clock may be a little behind the one that read the origin. */
    private long number(long nowNanos) {
        return Math.max(0, (nowNanos - originNanos) / sliceNanos);
    }
}
