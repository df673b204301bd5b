package io.seawall.benchmarks.redis;

import java.time.Duration;

/**
 * So many permits in a window, for each client.
 *
 * @param permits 1 or more
 * @param window whole milliseconds
 */
record Limit(long permits, Duration window) {

    private static final long ENDLESS = 1_000_000_000;

    /** One to which nobody ever gets. */
    static Limit endless(Duration window) {
        return new Limit(ENDLESS, window);
    }

    boolean isEndless() {
        return permits == ENDLESS;
    }

    long windowMillis() {
        return window.toMillis();
    }

    /** As Seawall reads it. */
    @Override
    public String toString() {
        return permits + "/" + windowMillis() + "ms";
    }
}
