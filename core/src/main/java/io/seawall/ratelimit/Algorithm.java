package io.seawall.ratelimit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How permits are counted within a window. A new algorithm is one constant here, one {@link QuotaState} and one script. */
public enum Algorithm {

    /**
     * At most {@code permits} in <i>any</i> window, wherever it starts. A permit returns between one window and 1/60 of a
     * window more after it was taken; state per client is at most 64 pairs of numbers, however many the permits.
     */
    SLIDING_WINDOW("sliding-window", "sw") {
        @Override
        QuotaState newState(QuotaPolicy policy) {
            return new SlidingWindowState(policy.permits(), policy.windowMicros());
        }
    };

    private final String text;
    private final String tag;

    Algorithm(String text, String tag) {
        this.text = text;
        this.tag = tag;
    }

    abstract QuotaState newState(QuotaPolicy policy);

    /**
     * The name used in configuration, and of the script in Redis.
     *
     * @return for example {@code sliding-window}
     */
    public String text() {
        return text;
    }

    /**
     * The name where room is dear: in keys, which there are as many of as clients, so it never changes.
     *
     * @return for example {@code sw}
     */
    public String tag() {
        return tag;
    }

    /**
     * Finds an algorithm by the name used in configuration.
     *
     * @param text for example {@code sliding-window}
     * @return the algorithm
     * @throws IllegalArgumentException if there is none of that name; the message lists those that there are
     */
    public static Algorithm of(String text) {
        for (Algorithm algorithm : values()) {
            if (algorithm.text.equals(text)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not an algorithm: use "
                + Arrays.stream(values()).map(Algorithm::text).collect(Collectors.joining(" or ")));
    }
}
