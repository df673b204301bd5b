package io.seawall.benchmarks.redis;

/** How many decisions took how long, to within a hundredth: 128 buckets for every doubling. For one thread. */
final class Latencies {

    private static final int BITS = 7;
    private static final int PER_DOUBLING = 1 << BITS;

    private final long[] counts = new long[(Long.SIZE - BITS) * PER_DOUBLING];
    private long total;

    void add(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    void addAll(Latencies others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others.counts[i];
        }
        total += others.total;
    }

    long total() {
        return total;
    }

    /** The least number of nanoseconds that this part of all have not exceeded. */
    long quantile(double part) {
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            if (below > 0 && below >= part * total) {
                return least(i);
            }
        }
        return 0;
    }

    /** Below 128 each number has its own; above, the number is cut down to its 8 leading bits. */
    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(nanos | PER_DOUBLING));
        return shift * PER_DOUBLING + (int) (nanos >>> shift);
    }

    private static long least(int bucket) {
        int shift = Math.max(0, bucket / PER_DOUBLING - 1);
        return (long) (bucket - shift * PER_DOUBLING) << shift;
    }
}
