package io.seawall.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.resilience.timer.Timer;
import io.seawall.test.FakeClock;
import io.seawall.test.NoThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls whose result comes later. */
class AsyncBulkheadTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final HandTimer timer = new HandTimer(clock);

    /** What was handed to the executor and not done yet. */
    private final Deque<Runnable> handedOver = new ArrayDeque<>();

    /** The stages of the calls that were made, in this order. */
    private final List<CompletableFuture<@Nullable Object>> made = new ArrayList<>();

    private Executor executor = handedOver::add;

    private static Bulkhead bulkhead(int max, Duration maxWait) {
        return new Bulkhead("payments", new BulkheadPolicy(max, maxWait));
    }

    private AsyncStrategy<String> around(Bulkhead bulkhead) {
        return new BulkheadLayer<String>(bulkhead, timer, task -> executor.execute(task))
                .aroundAsync((argument, deadline) -> {
                    CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();
                    made.add(stage);
                    return stage;
                });
    }

    private static CompletableFuture<@Nullable Object> start(AsyncStrategy<String> calls) {
        return calls.start("x", Deadline.NONE).toCompletableFuture();
    }

    private void doWhatWasHandedOver() {
        for (Runnable task = handedOver.poll(); task != null; task = handedOver.poll()) {
            task.run();
        }
    }

    private static @Nullable Throwable failureOf(CompletableFuture<?> result) {
        CompletableFuture<@Nullable Throwable> told = new CompletableFuture<>();
        var unused = result.whenComplete((value, failure) -> told.complete(failure));
        assertThat(told).isDone();
        return told.join();
    }

    @Test
    void a_permit_is_held_until_the_stage_ends() {
        Bulkhead bulkhead = bulkhead(1, Duration.ZERO);
        CompletableFuture<@Nullable Object> result = start(around(bulkhead));
        assertThat(bulkhead.inUse()).isOne();
        assertThat(result).isNotDone();

        List<Integer> seenByCaller = new ArrayList<>();
        var unused = result.thenRun(() -> seenByCaller.add(bulkhead.inUse()));
        made.get(0).complete("done");
        assertThat(result).isCompletedWithValue("done");
        assertThat(seenByCaller).containsExactly(0);
    }

    @Test
    void a_failure_is_handed_on_as_it_is_and_its_permit_comes_back() {
        Bulkhead bulkhead = bulkhead(1, Duration.ZERO);
        CompletableFuture<@Nullable Object> result = start(around(bulkhead));
        IllegalStateException failure = new IllegalStateException();
        made.get(0).completeExceptionally(failure);
        assertThat(failureOf(result)).isSameAs(failure);
        assertThat(bulkhead.inUse()).isZero();
    }

    @Test
    void a_caller_who_no_longer_waits_does_not_free_the_permit_of_a_call_that_goes_on() {
        Bulkhead bulkhead = bulkhead(1, Duration.ZERO);
        CompletableFuture<@Nullable Object> result = start(around(bulkhead));
        result.cancel(true);
        assertThat(bulkhead.inUse()).isOne();
        made.get(0).complete("late");
        assertThat(bulkhead.inUse()).isZero();
    }

    @Test
    void what_is_thrown_instead_of_a_stage_takes_no_permit_with_it() {
        Bulkhead bulkhead = bulkhead(1, Duration.ZERO);
        StackOverflowError error = new StackOverflowError();
        AsyncStrategy<String> calls = new BulkheadLayer<String>(bulkhead, timer, executor)
                .aroundAsync((argument, deadline) -> {
                    throw error;
                });
        assertThat(failureOf(start(calls))).isSameAs(error);
        assertThat(bulkhead.inUse()).isZero();
    }

    @Test
    void one_call_too_many_is_refused_at_once_where_nobody_waits() {
        AsyncStrategy<String> calls = around(bulkhead(1, Duration.ZERO));
        assertThat(start(calls)).isNotDone();
        assertThat(failureOf(start(calls)))
                .isInstanceOf(BulkheadFullException.class)
                .hasMessage("bulkhead 'payments' is full: 1 call is under way");
        assertThat(made).hasSize(1);
        assertThat(timer.delays()).isEmpty();
    }

    @Test
    void a_call_that_waited_begins_on_the_executor_and_its_alarm_is_called_off() {
        Bulkhead bulkhead = bulkhead(1, SECOND);
        AsyncStrategy<String> calls = around(bulkhead);
        assertThat(start(calls)).isNotDone();
        CompletableFuture<@Nullable Object> second = start(calls);
        assertThat(bulkhead.waiting()).isOne();
        assertThat(timer.delays()).containsExactly(SECOND.toNanos());

        made.get(0).complete("first");
        assertThat(bulkhead.waiting()).isZero();
        assertThat(bulkhead.inUse()).isOne();
        assertThat(timer.alarms()).isEmpty();
        assertThat(made).hasSize(1);

        doWhatWasHandedOver();
        made.get(1).complete("second");
        assertThat(second).isCompletedWithValue("second");
        assertThat(bulkhead.inUse()).isZero();
    }

    @Test
    void a_wait_ends_after_its_time_and_is_told_on_the_executor() {
        Bulkhead bulkhead = bulkhead(1, SECOND);
        AsyncStrategy<String> calls = around(bulkhead);
        assertThat(start(calls)).isNotDone();
        CompletableFuture<@Nullable Object> second = start(calls);

        timer.advance(SECOND);
        assertThat(bulkhead.waiting()).isZero();
        assertThat(second).isNotDone();
        doWhatWasHandedOver();
        assertThat(failureOf(second)).isInstanceOf(BulkheadFullException.class);

        made.get(0).complete("first");
        assertThat(bulkhead.inUse()).isZero();
        assertThat(made).hasSize(1);
    }

    @Test
    void an_alarm_that_rings_too_late_says_nothing_to_a_call_that_has_begun() {
        AsyncStrategy<String> calls = around(bulkhead(1, SECOND));
        assertThat(start(calls)).isNotDone();
        CompletableFuture<@Nullable Object> second = start(calls);
        var alarm = timer.alarms().get(0);
        made.get(0).complete("first");
        HandTimer.ring(alarm);
        doWhatWasHandedOver();
        assertThat(second).isNotDone();
        made.get(1).complete("second");
        assertThat(second).isCompletedWithValue("second");
    }

    @Test
    void a_wait_ends_with_the_deadline_of_its_call() {
        AsyncStrategy<String> calls = around(bulkhead(1, SECOND));
        assertThat(start(calls)).isNotDone();
        Deadline near = Deadline.in(Duration.ofMillis(300), clock);
        calls.start("x", near);
        assertThat(timer.delays()).containsExactly(295_000_000L);

        timer.advance(Duration.ofMillis(300));
        assertThat(failureOf(calls.start("x", near).toCompletableFuture())).isInstanceOf(BulkheadFullException.class);
        assertThat(timer.delays()).hasSize(1);
    }

    @Test
    void an_executor_that_takes_nothing_any_more_costs_no_permit() {
        for (Executor nowhere : NoThread.executors()) {
            executor = handedOver::add;
            made.clear();
            Bulkhead bulkhead = bulkhead(3, SECOND);
            AsyncStrategy<String> calls = around(bulkhead);
            List<CompletableFuture<@Nullable Object>> results = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                results.add(start(calls));
            }
            executor = nowhere;
            made.get(0).complete("first");
            assertThat(results.get(0)).isCompletedWithValue("first");
            assertThat(results.subList(3, 6)).allMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(bulkhead.waiting()).isZero();
            assertThat(bulkhead.inUse()).isEqualTo(2);

            results.add(start(calls));
            results.add(start(calls));
            timer.advance(SECOND);
            assertThat(failureOf(results.get(7))).isInstanceOf(BulkheadFullException.class);
        }
    }

    @Test
    void a_wait_that_nobody_can_watch_is_none_and_leaves_the_queue_as_it_was() {
        Timer none = new Timer() {
            @Override
            public void set(Alarm alarm, long delayNanos) {
                throw new InternalError("unable to create native thread");
            }

            @Override
            public void unset(Alarm alarm) {}
        };
        Bulkhead bulkhead = bulkhead(1, SECOND);
        AsyncStrategy<String> calls = new BulkheadLayer<String>(bulkhead, none, Runnable::run)
                .aroundAsync((argument, deadline) -> {
                    CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();
                    made.add(stage);
                    return stage;
                });
        assertThat(start(calls)).isNotDone();
        assertThat(start(calls)).isCompletedExceptionally();
        assertThat(bulkhead.waiting()).isZero();

        made.get(0).complete("first");
        assertThat(bulkhead.inUse()).isZero();
        assertThat(made).hasSize(1);
    }
}
