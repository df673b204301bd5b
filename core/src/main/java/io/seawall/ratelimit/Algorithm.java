package io.seawall.ratelimit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How permits are counted within a window. A new algorithm is one constant here, one {@link QuotaState} and one script. */
public enum Algorithm {

    /**
     * At most {@code permits} in <i>any</i> window, wherever it starts. A permit returns between one window and 1/60 of a
     * window more after it was taken; state per client is at most 64 numbers, however many the permits.
     */
    SLIDING_WINDOW("sliding-window") {
        @Override
        QuotaState newState(QuotaPolicy policy) {
            return new SlidingWindowState(policy.permits(), policy.windowMicros());
        }
    };

    private final String text;

    Algorithm(String text) {
        this.text = text;
    }

    abstract QuotaState newState(QuotaPolicy policy);

    /**
     * The name used in configuration and as the name of the script.
     *
     * @return for example {@code sliding-window}
     */
    public String text() {
        return text;
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
