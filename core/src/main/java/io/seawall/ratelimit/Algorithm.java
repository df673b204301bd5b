package io.seawall.ratelimit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How permits are counted within a window. A new algorithm is one constant here, one {@link Quota} and one script. */
public enum Algorithm {

    /**
     * At most {@code permits} in <i>any</i> window, wherever it starts. A permit returns between one window and 1/60 of a
     * window more after it was taken; state per client is at most 64 counts, however many the permits.
     */
    SLIDING_WINDOW("sliding-window", "sw") {
        @Override
        Quota quota(QuotaPolicy policy) {
            return new SlidingWindow(policy.permits(), policy.windowMicros());
        }
    },

    /**
     * {@code permits} per window at a steady pace, up to {@code burst} of them at once: the generic cell rate algorithm (ITU-T
     * I.371). The only algorithm with a burst.
     */
    TOKEN_BUCKET("token-bucket", "tb") {
        @Override
        Quota quota(QuotaPolicy policy) {
            return new TokenBucket(policy.permits(), policy.windowMicros(), policy.burst());
        }
    },

    /** {@code permits} in each window of the calendar, in UTC: windows begin at multiples of their length since 1970. */
    FIXED_WINDOW("fixed-window", "fw") {
        @Override
        Quota quota(QuotaPolicy policy) {
            return new FixedWindow(policy.permits(), policy.windowMicros(), false);
        }
    },

    /** {@code permits} in a window that begins, for each client, with the first request after the last one ended. */
    FIXED_WINDOW_FROM_FIRST("fixed-window-from-first", "ff") {
        @Override
        Quota quota(QuotaPolicy policy) {
            return new FixedWindow(policy.permits(), policy.windowMicros(), true);
        }
    };

    private final String text;
    private final String tag;

    Algorithm(String text, String tag) {
        this.text = text;
        this.tag = tag;
    }

    abstract Quota quota(QuotaPolicy policy);

    /**
     * The name used in configuration.
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
