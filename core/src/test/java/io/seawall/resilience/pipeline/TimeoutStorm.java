package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.retry.Backoff;
import io.seawall.resilience.retry.BudgetPolicy;
import io.seawall.resilience.retry.Growth;
import io.seawall.resilience.retry.Jitter;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.timeout.TimeLimitExceededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many callers of a target that takes about as long as its limit allows, so that the end of an attempt and the ring of its alarm meet all
 * the time. Other libraries have lost callers in such a storm, or made attempts on threads that were not their caller's.
 */
final class TimeoutStorm {

    static final int CALLERS = 64;

    private static final Duration LIMIT = Duration.ofMillis(3);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), Growth.FIXED, Jitter.FULL);
    private static final long HANGS_SECONDS = 60;

    private final ExecutorService threads;
    private final LongAdder inTime = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder retried = new LongAdder();

    /**
     * A storm.
     *
     * @param threads for the callers, one for each
     */
    TimeoutStorm(ExecutorService threads) {
        this.threads = threads;
    }

    /** How many calls came through. */
    long inTime() {
        return inTime.sum();
    }

    /** How many calls were too late, with all their attempts. */
    long late() {
        return late.sum();
    }

    /** How many attempts were made beyond the first. */
    long retried() {
        return retried.sum();
    }

    /** Lets it rage, and throws if a caller was touched by more than its own limit. */
    void rage(Duration duration) throws Exception {
        long endNanos = System.nanoTime() + duration.toNanos();
        try (Targets targets = new Targets()) {
            Guard guard = new Guard(targets.<Callable<?>>around("stormy", Callable::call)
                    .retry(new RetryPolicy(2, BACKOFF, List.of(TimeLimitExceededException.class), List.of(), null))
                    .budget(new BudgetPolicy(100, 1_000))
                    .timeout(LIMIT)
                    .build());
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                SplittableRandom random = new SplittableRandom(caller);
                callers.add(threads.submit(() -> {
                    while (System.nanoTime() - endNanos < 0) {
                        if (random.nextInt(8) == 0) {
                            startOne(guard);
                        } else {
                            callOne(guard, random);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> caller : callers) {
                caller.get(duration.toSeconds() + HANGS_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private void callOne(Guard guard, SplittableRandom random) throws Exception {
        Thread caller = Thread.currentThread();
        int[] attempts = {0};
        long[] lastEnd = {System.nanoTime()};
        try {
            guard.call(() -> {
                assertThat(Thread.currentThread())
                        .as("of attempt %d", attempts[0])
                        .isSameAs(caller);
                // Its own limit may be over before its first line on a machine that is busy, but not sooner than that.
                assertThat(caller.isInterrupted() && System.nanoTime() - lastEnd[0] < LIMIT.toNanos())
                        .as("interrupted before attempt %d", attempts[0])
                        .isFalse();
                attempts[0]++;
                try {
                    work(random);
                } finally {
                    lastEnd[0] = System.nanoTime();
                }
                return null;
            });
            inTime.increment();
        } catch (TimeLimitExceededException tooLate) {
            late.increment();
        }
        retried.add(attempts[0] - 1);
        assertThat(caller.isInterrupted()).as("interrupted after its call").isFalse();
        // Whatever comes late would hit this, and throw.
        pause(random.nextInt(300_000));
    }

    /** Around the limit; some heed an interrupt and some do not. */
    private static void work(SplittableRandom random) throws InterruptedException {
        long nanos = LIMIT.toNanos() / 2 + random.nextLong(LIMIT.toNanos());
        if (random.nextInt(16) > 0) {
            pause(nanos);
            return;
        }
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < nanos) {
            Thread.onSpinWait();
        }
    }

    private static void pause(long nanos) throws InterruptedException {
        boolean counted = new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
        assertThat(counted).isFalse();
    }

    /** One that never ends by itself. */
    private void startOne(Guard guard) throws Exception {
        try {
            guard.start(CompletableFuture::new).toCompletableFuture().get(HANGS_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("it has ended");
        } catch (ExecutionException failed) {
            assertThat(failed).hasCauseInstanceOf(TimeLimitExceededException.class);
            late.increment();
        }
    }
}
