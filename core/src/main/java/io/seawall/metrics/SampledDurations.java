package io.seawall.metrics;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How long something takes that takes no longer than to read a clock twice. Of each second the first 1,000 are measured,
 * whatever they cost: 0.05 ms. Those beyond are measured by chance, one of 64, and that one counts as so many. So of
 * what is rare nothing is missing, and what is frequent pays next to nothing; and neither its count nor its sum leans to either side,
 * whatever the durations depend on, for it is decided before it is known how long it takes. Thread-safe, without a lock.
 *
 * <pre>{@code
 * long begun = durations.begin();
 * try {
 *     ...
 * } finally {
 *     durations.end(begun);
 * }
 * }</pre>
 */
public final class SampledDurations {

    /** What {@link #begin} says of most of those that are frequent: it is not measured, and its end need not be told. */
    public static final long NOT_MEASURED = 0;

    /** So many of each second are all measured: 0.05 ms of clocks and counters. */
    static final int ALL_OF = 1_000;

    /** A power of two. A clock is read twice, for 20 ns each: 0.6 ns for each one. */
    static final int ONE_OF = 64;

    private static final long SECOND_NANOS = 1_000_000_000L;

    /** The lowest bit of what is begun: it stands for others. For it a nanosecond is given up. */
    private static final long FOR_OTHERS = 1;

    private final Histogram histogram;
    private final LongSupplier nanoTime;
    private final Supplier<? extends RandomGenerator> random;
    private final LongAdder underWay = new LongAdder();

    /**
     * Whether all are measured. Threads that change it at a time may be wrong about it until the second is over; what was begun
     * knows itself what it stands for.
     */
    private volatile boolean all = true;

    /** How many of this second may still be measured one by one. */
    private final AtomicInteger left = new AtomicInteger(ALL_OF);

    private volatile long secondBeganNanos;

    /**
     * By a given clock and chance.
     *
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @param random the source of chance for the calling thread
     * @param boundsNanos of the histogram, as there
     */
    public SampledDurations(LongSupplier nanoTime, Supplier<? extends RandomGenerator> random, long... boundsNanos) {
        this.histogram = new Histogram(boundsNanos);
        this.nanoTime = nanoTime;
        this.random = random;
        this.secondBeganNanos = nanoTime.getAsLong();
    }

    /**
     * By the system's clock and chance.
     *
     * @param boundsNanos of the histogram, as there
     * @return without a duration yet
     */
    public static SampledDurations ofSystem(long... boundsNanos) {
        return new SampledDurations(System::nanoTime, ThreadLocalRandom::current, boundsNanos);
    }

    /**
     * Something begins.
     *
     * @return to be given to {@link #end}, or to {@link #drop}, on any thread; {@link #NOT_MEASURED} need not be
     */
    public long begin() {
        if (all) {
            return measure(1);
        }
        return (random.get().nextInt() & (ONE_OF - 1)) == 0 ? measure(ONE_OF) : NOT_MEASURED;
    }

    /**
     * It has ended.
     *
     * @param begun what {@link #begin} has returned
     */
    public void end(long begun) {
        if (begun != NOT_MEASURED) {
            histogram.record(nanoTime.getAsLong() - begun, drop(begun));
        }
    }

    /**
     * It has not been what is to be measured. For a number that a counter must not have back.
     *
     * @param begun what {@link #begin} has returned
     * @return how many it has stood for
     */
    public int drop(long begun) {
        if (begun == NOT_MEASURED) {
            return 0;
        }
        int times = (begun & FOR_OTHERS) == 0 ? 1 : ONE_OF;
        underWay.add(-times);
        return times;
    }

    /**
     * How many have begun and not ended: exact as long as all are measured, else an estimate.
     *
     * @return 0 or more
     */
    public long underWay() {
        return Math.max(0, underWay.sum());
    }

    /**
     * How long those took that have ended, to be read. Whoever reads has a new second begin, if the last is over: else one of what
     * was frequent and is rare now would not be measured for long.
     *
     * @return the same every time
     */
    public Histogram histogram() {
        renew(nanoTime.getAsLong());
        return histogram;
    }

    private long measure(int times) {
        long nowNanos = nanoTime.getAsLong();
        if (!renew(nowNanos) && times == 1 && left.decrementAndGet() <= 0) {
            all = false;
        }
        underWay.add(times);
        long begun = times == 1 ? nowNanos & ~FOR_OTHERS : nowNanos | FOR_OTHERS;
        return begun == NOT_MEASURED ? 2 * FOR_OTHERS : begun;
    }

    private boolean renew(long nowNanos) {
        if (nowNanos - secondBeganNanos < SECOND_NANOS) {
            return false;
        }
        secondBeganNanos = nowNanos;
        left.set(ALL_OF - 1);
        all = true;
        return true;
    }
}
