package io.seawall.ratelimit;

/**
 * The token bucket: {@code permits} per window flow steadily, and up to {@code burst} of them can be taken at once after a
 * pause. In any time t a client gets at most {@code burst + permits * t / window}.
 *
 * <p>Counted as the generic cell rate algorithm in its form of a leaky bucket (ITU-T I.371, "continuous-state leaky bucket"): a
 * level that every permit raises and time lowers. The other form keeps one instant, the theoretical arrival time, and needs an
 * emission interval of {@code window / permits}, which is rarely a whole number of microseconds: 7 permits a second would lose
 * or win some. Here the level is counted in parts of a permit, {@code unit} of them each, such that every microsecond lowers it
 * by a whole number {@code flow}: with g the greatest common divisor of permits and window, {@code flow = permits / g} and
 * {@code unit = window / g}. All is exact below 2^53, which {@link QuotaPolicy} checks.
 *
 * <p>The unit stands beside the level, since a limit that is changed in use may have another; from the last charge on, the level
 * runs off as the limit has it that is asked. While the clock is behind the
 * last change of the level, the level stays; if it is behind by more than a full bucket needs to run out, the level counts
 * from the present.
 */
final class TokenBucket extends Quota {

    private static final int LEVEL = 0;
    private static final int UNIT = 1;
    private static final int SINCE = 2;
    private static final int CELLS = 3;

    private final long burst;
    private final long flow;
    private final long unit;

    TokenBucket(long permits, long windowMicros, long burst) {
        long divisor = gcd(Math.max(1, permits), windowMicros);
        this.burst = permits == 0 ? 0 : burst;
        this.flow = Math.max(1, permits) / divisor;
        this.unit = windowMicros / divisor;
    }

    /** The parts of a permit that are counted, for a check that a full bucket of them is a number below 2^53. */
    static long unit(long permits, long windowMicros) {
        return windowMicros / gcd(Math.max(1, permits), windowMicros);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Override
    int cells() {
        return CELLS;
    }

    @Override
    long retryAfterMicros(long[] cells, int at, long nowMicros, long cost) {
        long level = level(cells, at, nowMicros);
        if (cost > burst) {
            return NEVER;
        }
        long excess = level - (burst - cost) * unit;
        return excess <= 0 ? 0 : standing(cells, at, nowMicros) + ceilDiv(excess, flow);
    }

    @Override
    long take(long[] cells, int at, long nowMicros, long cost) {
        long level = level(cells, at, nowMicros);
        if (cost > burst || level > (burst - cost) * unit) {
            return retryAfterMicros(cells, at, nowMicros, cost);
        }
        long since = level == 0 ? nowMicros : Math.max(nowMicros, cells[at + SINCE]);
        set(cells, at, level + cost * unit, since);
        return 0;
    }

    /**
     * Of what has flowed off since, nothing comes back: the bucket may have been empty meanwhile, and then it was lost to the
     * client for good.
     */
    @Override
    void refund(long[] cells, int at, long nowMicros, long cost, long chargedMicros) {
        long level = level(cells, at, nowMicros);
        long elapsed = Math.max(0, nowMicros - chargedMicros);
        long taken = parts(cost);
        if (level > 0 && elapsed < ceilDiv(taken, flow)) {
            long since = Math.max(nowMicros, cells[at + SINCE]);
            set(cells, at, Math.max(0, level - (taken - elapsed * flow)), since);
        }
    }

    @Override
    long remaining(long[] cells, int at, long nowMicros) {
        return Math.max(0, (burst * unit - level(cells, at, nowMicros)) / unit);
    }

    @Override
    long resetAfterMicros(long[] cells, int at, long nowMicros) {
        long level = level(cells, at, nowMicros);
        return level == 0 ? 0 : standing(cells, at, nowMicros) + ceilDiv(level, flow);
    }

    /** How long the level will stay as it is, since the clock has gone back. */
    private static long standing(long[] cells, int at, long nowMicros) {
        return Math.max(0, cells[at + SINCE] - nowMicros);
    }

    /** The level now. Moves one that is further ahead of the clock than a full bucket needs to run out to the present. */
    private long level(long[] cells, int at, long nowMicros) {
        long level = cells[at + LEVEL];
        if (level == 0) {
            return 0;
        }
        if (cells[at + UNIT] != unit) {
            level = converted(level, cells[at + UNIT]);
        }
        long elapsed = nowMicros - cells[at + SINCE];
        if (elapsed >= 0) {
            return elapsed >= ceilDiv(level, flow) ? 0 : level - elapsed * flow;
        }
        if (-elapsed > ceilDiv(burst * unit, flow)) {
            set(cells, at, level, nowMicros);
        }
        return level;
    }

    private void set(long[] cells, int at, long level, long sinceMicros) {
        cells[at + LEVEL] = level;
        cells[at + UNIT] = unit;
        cells[at + SINCE] = sinceMicros;
    }

    /**
     * Rounded up, and in the same floating-point operations as in Lua: a changed limit never forgets a part of a permit, up
     * to the largest number of them that can be counted.
     */
    private long converted(long level, long oldUnit) {
        long permits = level / oldUnit;
        double part = (double) (level % oldUnit) / oldUnit;
        return Math.min(QuotaPolicy.MAX_PERMITS, parts(permits) + (long) Math.ceil(part * unit));
    }

    /** So many permits in parts of them. Of a limit that granted more, they may be more than can be counted. */
    private long parts(long permits) {
        return permits > QuotaPolicy.MAX_PERMITS / unit ? QuotaPolicy.MAX_PERMITS : permits * unit;
    }

    private static long ceilDiv(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
