package io.seawall.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.metrics.Counter;
import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.CallMemory;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.RetriesOff;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.FakeClock;
import io.seawall.test.NoThread;
import io.seawall.test.Property;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AsyncRetryTest {

    private final FakeClock clock = new FakeClock();
    private final HandTimer timer = new HandTimer(clock);

    /** The attempts that were started: the test ends them. */
    private final List<CompletableFuture<@Nullable Object>> attempts = new ArrayList<>();

    /** What the executor was given, until it is run. */
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    private Executor executor = tasks::add;
    private Predicate<String> allowed = call -> true;
    private CallMemory<? super String> memory = new Forgetful();
    private @Nullable Predicate<@Nullable Object> onResult;

    private final AsyncStrategy<String> inner = (call, deadline) -> {
        CompletableFuture<@Nullable Object> attempt = new CompletableFuture<>();
        attempts.add(attempt);
        return attempt;
    };

    private RetryLayer<String> layer(int maxRetries) {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), Growth.EXPONENTIAL, Jitter.NONE);
        return new RetryLayer<>(
                "payments",
                new RetryPolicy(maxRetries, backoff, List.of(), List.of(), onResult),
                null,
                new Counter(),
                new RetrySurroundings(
                        nanos -> {
                            throw new AssertionError("a thread waits");
                        },
                        () -> new SplittableRandom(1),
                        timer,
                        executor,
                        InstantSource.system(),
                        List.of()),
                allowed,
                memory);
    }

    private CompletableFuture<@Nullable Object> start(int maxRetries) {
        return layer(maxRetries).aroundAsync(inner).start("x", Deadline.NONE).toCompletableFuture();
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static Throwable failureOf(CompletableFuture<@Nullable Object> answer) {
        assertThat(answer).isCompletedExceptionally();
        return answer.handle((result, failure) -> failure).join();
    }

    @Test
    void a_call_that_succeeds_is_started_once_and_sets_no_alarm() {
        CompletableFuture<@Nullable Object> answer = start(2);
        assertThat(answer).isNotDone();

        attempts.get(0).complete("result");

        assertThat(answer).isCompletedWithValue("result");
        assertThat(attempts).hasSize(1);
        assertThat(timer.delays()).isEmpty();
    }

    @Test
    void a_failed_call_is_started_again_by_the_executor_when_its_wait_is_over() {
        CompletableFuture<@Nullable Object> answer = start(2);
        attempts.get(0).completeExceptionally(new IOException());
        timer.advance(Duration.ofMillis(100).minusNanos(1));
        assertThat(tasks).isEmpty();

        timer.advance(Duration.ofNanos(1));
        assertThat(attempts).hasSize(1); // the thread of the timer makes no attempt
        runTasks();
        attempts.get(1).completeExceptionally(new IOException());
        timer.advance(Duration.ofMillis(200));
        runTasks();
        attempts.get(2).complete("result");

        assertThat(answer).isCompletedWithValue("result");
        assertThat(timer.alarms()).isEmpty();
    }

    @Test
    void the_last_failure_is_the_answer_as_it_is_and_is_marked_inside_its_wrapper() {
        CompletableFuture<@Nullable Object> answer = start(1);
        attempts.get(0).completeExceptionally(new IOException());
        timer.advance(Duration.ofMillis(100));
        runTasks();
        IOException failure = new IOException();
        CompletionException last = new CompletionException(failure);
        attempts.get(1).completeExceptionally(last);

        assertThat(failureOf(answer)).isSameAs(last);
        assertThat(RetriesExhaustedException.isMarked(failure, new Object())).isTrue();
        assertThat(attempts).hasSize(2);
    }

    @Test
    void what_is_allowed_and_what_the_call_was_like_is_asked_before_the_first_attempt_only() {
        List<String> diary = new ArrayList<>();
        allowed = call -> diary.add("allowed");
        memory = new CallMemory<>() {
            @Override
            public Object save(String call) {
                diary.add("save");
                return "saved";
            }

            @Override
            public void restore(String call, @Nullable Object saved) {
                diary.add("restore " + saved);
            }
        };

        CompletableFuture<@Nullable Object> answer = start(1);
        assertThat(diary).containsExactlyInAnyOrder("allowed", "save");
        diary.clear();
        attempts.get(0).completeExceptionally(new IOException());
        timer.advance(Duration.ofMillis(100));
        assertThat(diary).isEmpty();
        runTasks();

        assertThat(diary).containsExactly("restore saved");
        assertThat(answer).isNotDone();
    }

    @Test
    void what_was_not_allowed_at_the_start_is_not_retried() {
        allowed = call -> false;
        CompletableFuture<@Nullable Object> answer = start(1);
        IOException failure = new IOException();

        attempts.get(0).completeExceptionally(failure);

        assertThat(failureOf(answer)).isSameAs(failure);
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    void whether_retrying_is_off_is_asked_of_the_thread_that_starts_the_call() {
        IOException failure = new IOException();
        CompletableFuture<@Nullable Object> begunWhileOff;
        RetriesOff off = RetriesOff.begin();
        try {
            begunWhileOff = start(1);
        } finally {
            off.end();
        }
        attempts.get(0).completeExceptionally(failure);
        assertThat(failureOf(begunWhileOff)).isSameAs(failure);
        assertThat(failure.getSuppressed()).isEmpty();

        CompletableFuture<@Nullable Object> begunBefore = start(1);
        RetriesOff later = RetriesOff.begin();
        try {
            attempts.get(1).completeExceptionally(new IOException());
        } finally {
            later.end();
        }
        assertThat(begunBefore).isNotDone();
        assertThat(timer.alarms()).hasSize(1);
    }

    @Test
    void who_cancels_while_the_call_waits_ends_it_and_leaves_nothing_in_the_timer() {
        CompletableFuture<@Nullable Object> answer = start(5);
        attempts.get(0).completeExceptionally(new IOException());
        assertThat(timer.alarms()).hasSize(1);

        answer.cancel(true);

        assertThat(timer.alarms()).isEmpty();
    }

    @Test
    void who_cancels_at_any_other_moment_gets_no_further_attempt() {
        CompletableFuture<@Nullable Object> duringAttempt = start(5);
        duringAttempt.cancel(true);
        attempts.get(0).completeExceptionally(new IOException());
        assertThat(timer.delays()).isEmpty();

        CompletableFuture<@Nullable Object> beforeTask = start(5);
        attempts.get(1).completeExceptionally(new IOException());
        timer.advance(Duration.ofMillis(100));
        beforeTask.cancel(true);
        runTasks();
        assertThat(attempts).hasSize(2);
    }

    @Test
    void an_executor_that_takes_no_more_ends_the_call_with_the_last_failure() {
        for (Executor nowhere : NoThread.executors()) {
            executor = nowhere;
            CompletableFuture<@Nullable Object> answer = start(5);
            IOException failure = new IOException();
            attempts.get(attempts.size() - 1).completeExceptionally(failure);

            timer.advance(Duration.ofMillis(100));

            assertThat(failureOf(answer)).isSameAs(failure);
        }
    }

    @Test
    void code_of_the_application_that_fails_ends_the_call() {
        IllegalStateException broken = new IllegalStateException();
        onResult = result -> {
            throw broken;
        };
        CompletableFuture<@Nullable Object> byPredicate = start(5);
        attempts.get(0).complete("result");
        assertThat(failureOf(byPredicate)).isSameAs(broken);

        memory = new CallMemory<>() {
            @Override
            public @Nullable Object save(String call) {
                return null;
            }

            @Override
            public void restore(String call, @Nullable Object saved) {
                throw broken;
            }
        };
        CompletableFuture<@Nullable Object> byMemory = start(5);
        attempts.get(1).completeExceptionally(new IOException());
        timer.advance(Duration.ofMillis(100));
        runTasks();
        assertThat(failureOf(byMemory)).isSameAs(broken);

        allowed = call -> {
            throw broken;
        };
        assertThat(failureOf(start(5))).isSameAs(broken);

        AsyncStrategy<String> throwing = (call, deadline) -> {
            throw broken;
        };
        allowed = call -> true;
        assertThat(failureOf(
                        layer(5).aroundAsync(throwing).start("x", Deadline.NONE).toCompletableFuture()))
                .isSameAs(broken);
    }

    @Test
    void errors_and_refusals_are_not_retried() {
        for (Throwable failure : List.of(new StackOverflowError(), new InterruptedException(), new Rejected(false))) {
            CompletableFuture<@Nullable Object> answer = start(5);
            attempts.get(attempts.size() - 1).completeExceptionally(failure);

            assertThat(failureOf(answer)).isSameAs(failure);
        }
        assertThat(timer.delays()).isEmpty();
    }

    /** One of two that are the same but for the kind of their calls. */
    private static final class Twin {

        final FakeClock clock = new FakeClock();
        final HandTimer timer = new HandTimer(clock);
        final List<Object> diary = new ArrayList<>();
        final Deque<Runnable> tasks = new ArrayDeque<>();
        final RandomGenerator chance;
        final RandomGenerator outcomes;
        final RetryLayer<String> layer;

        Twin(long seed, int maxRetries, Jitter jitter) {
            chance = new SplittableRandom(seed);
            outcomes = new SplittableRandom(~seed);
            layer = new RetryLayer<>(
                    "payments",
                    new RetryPolicy(
                            maxRetries,
                            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), Growth.EXPONENTIAL, jitter),
                            List.of(),
                            List.of(),
                            "pending"::equals),
                    new RetryBudget("payments", BudgetPolicy.defaults(), clock, diary::add),
                    new Counter(),
                    new RetrySurroundings(
                            nanos -> {
                                diary.add(nanos);
                                clock.advanceNanos(nanos);
                            },
                            () -> chance,
                            timer,
                            tasks::add,
                            InstantSource.system(),
                            List.of(failure -> failure instanceof IllegalStateException
                                    ? Optional.of(Duration.ofMillis(700))
                                    : Optional.empty())),
                    call -> true,
                    new Forgetful());
        }

        @Nullable
        Object attempt() throws Exception {
            diary.add("attempt");
            clock.advanceNanos(outcomes.nextLong(200_000_000));
            switch (outcomes.nextInt(8)) {
                case 0 -> throw new IllegalArgumentException();
                case 1, 2 -> throw new IOException();
                case 3, 4 -> throw new IllegalStateException();
                case 5 -> throw new Rejected(false);
                case 6 -> {
                    return "pending";
                }
                default -> {
                    return null;
                }
            }
        }

        Deadline deadline(long millis) {
            return millis == 0 ? Deadline.NONE : Deadline.in(Duration.ofMillis(millis), clock);
        }

        void execute(long deadlineMillis) {
            try {
                diary.add("returned "
                        + layer.around((call, deadline) -> attempt()).execute("x", deadline(deadlineMillis)));
            } catch (Exception failure) {
                diary.add(failure.toString() + failure.getSuppressed().length);
            }
        }

        void start(long deadlineMillis) {
            AsyncStrategy<String> async = (call, deadline) -> {
                try {
                    return CompletableFuture.completedFuture(attempt());
                } catch (Exception failure) {
                    return CompletableFuture.failedFuture(failure);
                }
            };
            CompletableFuture<@Nullable Object> answer = layer.aroundAsync(async)
                    .start("x", deadline(deadlineMillis))
                    .toCompletableFuture();
            while (!answer.isDone()) {
                assertThat(timer.alarms()).hasSize(1);
                long nanos = timer.delays().get(timer.delays().size() - 1);
                diary.add(nanos);
                timer.advance(Duration.ofNanos(nanos));
                tasks.remove().run();
            }
            diary.add(answer.handle((result, failure) -> failure == null
                            ? "returned " + result
                            : failure.toString() + failure.getSuppressed().length)
                    .join());
        }
    }

    @Test
    void calls_of_either_kind_are_retried_alike() {
        int[] retries = {0};
        Property.holds(300, random -> {
            long seed = random.nextLong();
            int maxRetries = random.nextInt(5);
            Jitter jitter = List.of(Jitter.values()).get(random.nextInt(Jitter.values().length));
            Twin one = new Twin(seed, maxRetries, jitter);
            Twin other = new Twin(seed, maxRetries, jitter);

            for (int call = 0; call < 20; call++) {
                long deadlineMillis = random.nextBoolean() ? 0 : random.nextLong(2_000);
                one.execute(deadlineMillis);
                other.start(deadlineMillis);
            }

            assertThat(other.diary).isEqualTo(one.diary);
            retries[0] +=
                    (int) one.diary.stream().filter(Long.class::isInstance).count();
        });
        assertThat(retries[0]).isGreaterThan(1_000);
    }
}
