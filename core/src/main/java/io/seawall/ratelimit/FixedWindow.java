package io.seawall.ratelimit;

/**
 * The fixed window: {@code permits} in each window, which begin either all at multiples of the window since 1970 in UTC (so
 * that {@code 1d} is the day and {@code 1h} the hour of the clock on the wall), or for each client with its first request.
 *
 * <p>What contracts say ("1,000 a day"). It admits up to twice the permits around the end of a window, which is what it is:
 * pair a long one with a short sliding window. While the clock is behind the window, the window goes on; if it is behind by
 * more than a window, what is used counts from the present.
 */
final class FixedWindow extends Quota {

    private static final int START = 0;
    private static final int USED = 1;
    private static final int CELLS = 2;

    private final long permits;
    private final long windowMicros;
    private final boolean fromFirstRequest;

    FixedWindow(long permits, long windowMicros, boolean fromFirstRequest) {
        this.permits = permits;
        this.windowMicros = windowMicros;
        this.fromFirstRequest = fromFirstRequest;
    }

    @Override
    int cells() {
        return CELLS;
    }

    @Override
    long retryAfterMicros(long[] cells, int at, long nowMicros, long cost) {
        long used = used(cells, at, nowMicros);
        if (cost > permits) {
            return NEVER;
        }
        return used <= permits - cost ? 0 : endMicros(cells, at) - nowMicros;
    }

    @Override
    long take(long[] cells, int at, long nowMicros, long cost) {
        long used = used(cells, at, nowMicros);
        if (used > permits - cost) {
            return retryAfterMicros(cells, at, nowMicros, cost);
        }
        if (used == 0) {
            cells[at + START] = startMicros(nowMicros);
        }
        cells[at + USED] = used + cost;
        return 0;
    }

    @Override
    void refund(long[] cells, int at, long nowMicros, long cost, long chargedMicros) {
        long used = used(cells, at, nowMicros);
        boolean inThisWindow = cells[at + START] <= chargedMicros && chargedMicros < endMicros(cells, at);
        if (used > 0 && inThisWindow) {
            cells[at + USED] = Math.max(0, used - cost);
        }
    }

    @Override
    long remaining(long[] cells, int at, long nowMicros) {
        return Math.max(0, permits - used(cells, at, nowMicros));
    }

    @Override
    long resetAfterMicros(long[] cells, int at, long nowMicros) {
        return used(cells, at, nowMicros) == 0 ? 0 : endMicros(cells, at) - nowMicros;
    }

    private long startMicros(long nowMicros) {
        return fromFirstRequest ? nowMicros : Math.floorDiv(nowMicros, windowMicros) * windowMicros;
    }

    private long endMicros(long[] cells, int at) {
        return cells[at + START] + windowMicros;
    }

    /** What is used of the window that goes on. Moves what was used more than a window ahead of the clock to the present. */
    private long used(long[] cells, int at, long nowMicros) {
        long used = cells[at + USED];
        if (used == 0 || nowMicros >= endMicros(cells, at)) {
            return 0;
        }
        if (cells[at + START] - nowMicros > windowMicros) {
            cells[at + START] = startMicros(nowMicros);
        }
        return used;
    }
}
