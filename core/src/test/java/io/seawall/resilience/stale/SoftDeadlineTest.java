package io.seawall.resilience.stale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.metrics.Counter;
import io.seawall.resilience.Attempt;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.RetriesOff;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.FakeClock;
import io.seawall.test.NoThread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that return their result, and are answered before if they take long. */
class SoftDeadlineTest {

    private final StaleCounts counts = new StaleCounts(new Counter(), new Counter());

    private static final Duration MAX_AGE = Duration.ofSeconds(10);
    private static final Duration SOFT = Duration.ofMillis(250);
    private static final Executor NO_THREAD = task -> {
        throw new RejectedExecutionException("busy");
    };

    private final FakeClock clock = new FakeClock();
    private final HandTimer timer = new HandTimer(clock);
    private final AllAnswers answers = new AllAnswers();

    /** What was given to another thread, and has not begun. */
    private final List<Runnable> elsewhere = new ArrayList<>();

    /** Of those that {@link #onThreads} has begun. */
    private final List<CompletableFuture<Void>> threads = new ArrayList<>();

    private int calls;

    @AfterEach
    void nothingIsLeft() {
        assertThat(timer.alarms()).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    private StaleLayer<String> layer(Predicate<String> allowed, Predicate<String> mayLeave, Executor executor) {
        return new StaleLayer<>(
                new StalePolicy(MAX_AGE, 10, SOFT),
                answers,
                call -> call,
                allowed,
                mayLeave,
                counts,
                clock,
                timer,
                executor);
    }

    private Strategy<String> soft(Executor executor, Attempt<String> call) {
        return layer(asked -> true, asked -> true, executor).around((asked, deadline) -> {
            calls++;
            return call.make(asked);
        });
    }

    private void kept(String asked, Object value) {
        answers.keep(asked, new Answer(value, clock.getAsLong()));
    }

    private @Nullable Object keptFor(String asked) {
        Answer answer = answers.find(asked);
        return answer == null ? null : answer.value();
    }

    /** One for each task. */
    private void onThreads(Runnable task) {
        threads.add(CompletableFuture.runAsync(task, running -> new Thread(running).start()));
    }

    private void whenTheyHaveEnded() throws Exception {
        for (CompletableFuture<Void> thread : threads) {
            thread.get(30, TimeUnit.SECONDS);
        }
    }

    /** Takes the task, and lets the soft deadline pass before it begins. */
    private void later(Runnable task) {
        elsewhere.add(task);
        timer.advance(SOFT);
    }

    private void runAllThatWasLeft() {
        List<Runnable> tasks = List.copyOf(elsewhere);
        elsewhere.clear();
        tasks.forEach(Runnable::run);
    }

    @Test
    void a_call_in_time_has_its_own_answer() throws Exception {
        kept("x", "old");

        assertThat(soft(Runnable::run, asked -> "new").execute("x", Deadline.NONE))
                .isEqualTo("new");

        assertThat(keptFor("x")).isEqualTo("new");
        assertThat(timer.delays()).containsExactly(SOFT.toNanos());
    }

    @Test
    void a_call_that_takes_longer_is_answered_and_what_it_comes_to_is_for_the_next_one() throws Exception {
        kept("x", "old");
        CountDownLatch answered = new CountDownLatch(1);
        Strategy<String> soft = soft(this::onThreads, asked -> {
            timer.advance(SOFT);
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
            return "new";
        });

        assertThat(soft.execute("x", Deadline.NONE)).isEqualTo("old");
        assertThat(keptFor("x")).isEqualTo("old");

        answered.countDown();
        whenTheyHaveEnded();
        assertThat(keptFor("x")).isEqualTo("new");
    }

    @Test
    void where_its_caller_retries_himself_the_call_is_not_retried_on_the_other_thread_either() throws Exception {
        kept("x", "old");
        Strategy<String> soft = soft(this::onThreads, asked -> RetriesOff.here());
        RetriesOff off = RetriesOff.begin();
        try {
            assertThat(soft.execute("x", Deadline.NONE)).isEqualTo(true);
        } finally {
            off.end();
        }
        assertThat(soft.execute("x", Deadline.NONE)).isEqualTo(false);
        whenTheyHaveEnded();
    }

    @Test
    void a_call_that_could_not_be_answered_never_leaves_its_caller_s_thread() throws Exception {
        Strategy<String> soft = soft(NO_THREAD, asked -> Thread.currentThread());

        assertThat(soft.execute("x", Deadline.NONE)).as("no answer").isSameAs(Thread.currentThread());
        clock.advance(MAX_AGE.plusNanos(1));
        assertThat(soft.execute("x", Deadline.NONE)).as("too old").isSameAs(Thread.currentThread());
        for (boolean allowed : new boolean[] {true, false}) {
            kept("x", "old");
            assertThat(layer(asked -> allowed, asked -> !allowed, NO_THREAD)
                            .around((asked, deadline) -> Thread.currentThread())
                            .execute("x", Deadline.NONE))
                    .as("allowed %s", allowed)
                    .isSameAs(Thread.currentThread());
        }
        assertThat(timer.delays()).isEmpty();
    }

    @Test
    void where_there_is_no_thread_for_it_the_call_is_made_on_its_caller_s() throws Exception {
        for (Executor nowhere : NoThread.executors()) {
            kept("x", "old");
            assertThat(soft(nowhere, asked -> Thread.currentThread()).execute("x", Deadline.NONE))
                    .isSameAs(Thread.currentThread());
        }

        assertThat(keptFor("x")).isSameAs(Thread.currentThread());
        kept("x", "old");
        assertThat(soft(NO_THREAD, asked -> {
                            throw new IOException();
                        })
                        .execute("x", Deadline.NONE))
                .isEqualTo("old");
    }

    @Test
    void a_failure_in_time_is_answered_or_thrown_as_without_a_soft_deadline() throws Exception {
        kept("x", "old");

        assertThat(soft(Runnable::run, asked -> {
                            throw new IOException();
                        })
                        .execute("x", Deadline.NONE))
                .isEqualTo("old");
        IllegalArgumentException fault = new IllegalArgumentException();
        assertThatThrownBy(() -> soft(Runnable::run, asked -> {
                            throw fault;
                        })
                        .execute("x", Deadline.NONE))
                .isSameAs(fault);
        StackOverflowError error = new StackOverflowError();
        assertThatThrownBy(() -> soft(Runnable::run, asked -> {
                            throw error;
                        })
                        .execute("x", Deadline.NONE))
                .isSameAs(error);
    }

    @Test
    void while_a_call_goes_on_others_who_ask_the_same_are_answered_without_another_one() throws Exception {
        kept("x", "old");
        kept("y", "other");
        Strategy<String> soft = soft(this::later, asked -> "new " + asked);

        assertThat(soft.execute("x", Deadline.NONE)).isEqualTo("old");
        for (int i = 0; i < 5; i++) {
            assertThat(soft.execute("x", Deadline.NONE)).isEqualTo("old");
        }
        assertThat(elsewhere).hasSize(1);
        assertThat(soft.execute("y", Deadline.NONE)).isEqualTo("other");
        assertThat(elsewhere).as("another question").hasSize(2);

        runAllThatWasLeft();
        assertThat(soft.execute("x", Deadline.NONE)).isEqualTo("new x");
        assertThat(elsewhere).as("one again").hasSize(1);
        runAllThatWasLeft();
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void whoever_can_not_be_answered_calls_although_such_a_call_goes_on_already() throws Exception {
        kept("x", "old");
        Strategy<String> soft = soft(this::later, asked -> Thread.currentThread());
        soft.execute("x", Deadline.NONE);

        clock.advance(MAX_AGE.plusNanos(1));

        assertThat(soft.execute("x", Deadline.NONE)).isSameAs(Thread.currentThread());
        runAllThatWasLeft();
    }

    @Test
    void a_target_that_hangs_holds_so_many_calls_and_no_more() throws Exception {
        Strategy<String> soft = soft(this::later, asked -> "new");
        for (int i = 0; i < 2 * SlowCalls.MAX; i++) {
            kept("x" + i, "old");
            assertThat(soft.execute("x" + i, Deadline.NONE)).isEqualTo("old");
        }
        assertThat(elsewhere).hasSize(SlowCalls.MAX);

        runAllThatWasLeft();
        soft.execute("x" + SlowCalls.MAX, Deadline.NONE);
        assertThat(elsewhere).as("there is room again").hasSize(1);
    }

    @Test
    void a_call_that_has_no_thread_when_its_answer_is_gone_is_made_on_its_caller_s() throws Exception {
        kept("x", "old");
        Strategy<String> soft = soft(
                task -> {
                    clock.advance(MAX_AGE.plusNanos(1));
                    later(task);
                },
                asked -> Thread.currentThread());

        assertThat(soft.execute("x", Deadline.NONE)).isSameAs(Thread.currentThread());
        runAllThatWasLeft();
        assertThat(calls).as("and not again, when there is one").isOne();
    }

    @Test
    void a_call_that_has_begun_when_its_answer_is_gone_is_waited_for() throws Exception {
        kept("x", "old");
        Strategy<String> soft = soft(this::onThreads, asked -> {
            clock.advance(MAX_AGE.plusNanos(1));
            timer.advance(SOFT);
            return "new";
        });

        assertThat(soft.execute("x", Deadline.NONE)).isEqualTo("new");
        whenTheyHaveEnded();
        assertThat(calls).isOne();
    }

    @Test
    void a_call_that_fails_later_changes_nothing() throws Exception {
        kept("x", "old");
        Strategy<String> soft = soft(this::later, asked -> {
            throw new IOException();
        });

        assertThat(soft.execute("x", Deadline.NONE)).isEqualTo("old");
        runAllThatWasLeft();

        assertThat(keptFor("x")).isEqualTo("old");
        soft.execute("x", Deadline.NONE);
        assertThat(elsewhere).as("it is asked again").hasSize(1);
    }

    @Test
    void a_call_that_ends_at_its_soft_deadline_does_not_count_as_one_that_goes_on() throws Exception {
        kept("x", "old");
        Strategy<String> soft = soft(
                task -> {
                    later(task);
                    answers.meanwhile = this::runAllThatWasLeft;
                },
                asked -> "new");

        assertThat(soft.execute("x", Deadline.NONE)).isEqualTo("old");
        answers.meanwhile = () -> {};
        assertThat(soft.execute("x", Deadline.NONE)).isEqualTo("new");

        assertThat(calls).as("both were made").isEqualTo(2);
    }

    @Test
    void in_a_pipeline_the_call_goes_on_with_all_that_guards_it() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CompletableFuture<String> thread = new CompletableFuture<>();
        LongSupplier now = System::nanoTime;
        answers.keep("x", new Answer("old", now.getAsLong()));
        try (Targets targets = new Targets()) {
            Pipeline<String> pipeline = targets.<String>around("slow", asked -> {
                        assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
                        if (++calls == 1) {
                            throw new IOException("once more");
                        }
                        thread.complete(Thread.currentThread().getName());
                        return "new";
                    })
                    .retry(RetryPolicy.defaults())
                    .stale(new StalePolicy(Duration.ofHours(1), 10, Duration.ofMillis(1)), answers, asked -> asked)
                    .build();

            assertThat(pipeline.execute("x")).isEqualTo("old");
            answered.countDown();
            assertThat(thread.get(30, TimeUnit.SECONDS)).isEqualTo("seawall-async");
        }
    }

    @Test
    void a_caller_who_is_interrupted_before_the_call_has_begun_has_it_never_made() {
        kept("x", "old");
        Strategy<String> soft = soft(
                task -> {
                    elsewhere.add(task);
                    Thread.currentThread().interrupt();
                },
                asked -> "new");

        assertThatThrownBy(() -> soft.execute("x", Deadline.NONE)).isInstanceOf(InterruptedException.class);

        runAllThatWasLeft();
        assertThat(calls).isZero();
        assertThat(keptFor("x")).isEqualTo("old");
    }

    @Test
    void a_caller_who_is_interrupted_leaves_a_call_that_goes_on() throws Exception {
        kept("x", "old");
        Thread caller = Thread.currentThread();
        CountDownLatch gone = new CountDownLatch(1);
        Strategy<String> soft = soft(this::onThreads, asked -> {
            caller.interrupt();
            assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
            return "new";
        });

        assertThatThrownBy(() -> soft.execute("x", Deadline.NONE)).isInstanceOf(InterruptedException.class);
        assertThat(soft.execute("x", Deadline.NONE)).as("it is a slow call now").isEqualTo("old");

        gone.countDown();
        whenTheyHaveEnded();
        assertThat(keptFor("x")).isEqualTo("new");
        assertThat(calls).isOne();
    }
}
