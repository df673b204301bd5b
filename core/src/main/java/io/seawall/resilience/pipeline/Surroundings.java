package io.seawall.resilience.pipeline;

import io.seawall.events.Events;
import io.seawall.events.SeawallEvent;
import io.seawall.resilience.Sleeper;
import io.seawall.resilience.retry.RetryAfterSource;
import io.seawall.resilience.timer.SharedTimer;
import io.seawall.resilience.timer.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Time, chance and threads: all that the targets of an application need of the world around them. The one door by which they
 * come in.
 *
 * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
 * @param wallClock the time of day, for a failure that names a date
 * @param random the source of chance for the calling thread
 * @param sleeper how to wait on the caller's thread
 * @param timer how to wait without a thread
 * @param executor where calls whose result comes later go on; takes every task, also when it is closed
 * @param retryAfter who reads from failures, besides those that are known, when another attempt may be made
 * @param events told what happens to the targets, on the thread that brought it about; short, throws nothing
 */
public record Surroundings(
        LongSupplier nanoTime,
        InstantSource wallClock,
        Supplier<? extends RandomGenerator> random,
        Sleeper sleeper,
        Timer timer,
        Executor executor,
        List<RetryAfterSource> retryAfter,
        Consumer<? super SeawallEvent> events) {

    private static final Duration IDLE = Duration.ofSeconds(10);

    /**
     * Copies the list.
     *
     * @param nanoTime see {@link #nanoTime}
     * @param wallClock see {@link #wallClock}
     * @param random see {@link #random}
     * @param sleeper see {@link #sleeper}
     * @param timer see {@link #timer}
     * @param executor see {@link #executor}
     * @param retryAfter see {@link #retryAfter}
     * @param events see {@link #events}
     */
    public Surroundings {
        retryAfter = List.copyOf(retryAfter);
    }

    /**
     * The system's clock and chance, and threads that somebody lends.
     *
     * @param timerThread makes the thread of the timer, which ends when there is nothing to wait for
     * @param executor where calls whose result comes later go on; takes every task, also when it is closed
     * @return surroundings in which events are logged
     */
    public static Surroundings ofSystem(ThreadFactory timerThread, Executor executor) {
        return ofSystem(timerThread, executor, new Events()::tell);
    }

    /**
     * The system's clock and chance, threads that somebody lends, and somebody who listens.
     *
     * @param timerThread makes the thread of the timer, which ends when there is nothing to wait for
     * @param executor where calls whose result comes later go on; takes every task, also when it is closed
     * @param events as in the record; who wants them logged passes them on to {@link Events#tell}
     * @return the surroundings
     */
    public static Surroundings ofSystem(
            ThreadFactory timerThread, Executor executor, Consumer<? super SeawallEvent> events) {
        return new Surroundings(
                System::nanoTime,
                InstantSource.system(),
                ThreadLocalRandom::current,
                TimeUnit.NANOSECONDS::sleep,
                new SharedTimer(timerThread, System::nanoTime, IDLE),
                executor,
                List.of(),
                events);
    }
}
