package io.seawall.resilience.retry;

import io.seawall.resilience.Sleeper;
import io.seawall.resilience.timer.Timer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What retrying needs of the world around it.
 *
 * @param sleeper how to wait on the caller's thread
 * @param random the source of chance for the calling thread
 * @param timer how to wait without a thread
 * @param executor where an attempt after such a wait is made
 * @param wallClock the time of day, for a failure that names a date
 * @param retryAfter who reads failures besides those that are known
 */
public record RetrySurroundings(
        Sleeper sleeper,
        Supplier<? extends RandomGenerator> random,
        Timer timer,
        Executor executor,
        InstantSource wallClock,
        List<RetryAfterSource> retryAfter) {

    /**
     * Copies the list.
     *
     * @param sleeper see {@link #sleeper}
     * @param random see {@link #random}
     * @param timer see {@link #timer}
     * @param executor see {@link #executor}
     * @param wallClock see {@link #wallClock}
     * @param retryAfter see {@link #retryAfter}
     */
    public RetrySurroundings {
        retryAfter = List.copyOf(retryAfter);
    }
}
