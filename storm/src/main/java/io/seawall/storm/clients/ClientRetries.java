package io.seawall.storm.clients;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How clients try again when they have failed.
 *
 * @param retries how often, after the first attempt; 0 to 10
 * @param backoff the longest delay before the first retry, doubled for every further one; zero: at once
 * @param maxBackoff the longest delay of all
 */
public record ClientRetries(int retries, Duration backoff, Duration maxBackoff) {

    private static final int MOST = 10;

    /** Rules that make sense. */
    public ClientRetries {
        if (retries < 0 || retries > MOST || backoff.isNegative() || maxBackoff.compareTo(backoff) < 0) {
            throw new IllegalArgumentException("clients cannot retry " + retries + " times after " + backoff + " to "
                    + maxBackoff + ": use 0 to " + MOST + " retries, and a longest delay that is not below the first");
        }
    }

    /**
     * The habit of the story: at once.
     *
     * @param retries how often
     * @return the rules
     */
    public static ClientRetries atOnce(int retries) {
        return new ClientRetries(retries, Duration.ZERO, Duration.ZERO);
    }

    /**
     * Full jitter: anything from 0 to the whole delay, evenly.
     *
     * @param retry which one, from 1
     * @param random chance
     * @return nanoseconds to wait before it
     */
    long delayNanos(int retry, RandomGenerator random) {
        long longest = Math.min(maxBackoff.toNanos(), backoff.toNanos() << (retry - 1));
        return longest == 0 ? 0 : random.nextLong(longest + 1);
    }
}
