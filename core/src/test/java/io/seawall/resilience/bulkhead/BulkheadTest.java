package io.seawall.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.Attempt;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that return their result. */
@Timeout(600)
class BulkheadTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private static Bulkhead bulkhead(int max, Duration maxWait) {
        return new Bulkhead("payments", new BulkheadPolicy(max, maxWait));
    }

    private static Strategy<String> around(Bulkhead bulkhead, Attempt<String> call) {
        return new BulkheadLayer<String>(bulkhead, new HandTimer(), Runnable::run)
                .around((argument, deadline) -> call.make(argument));
    }

    private static @Nullable Object call(Bulkhead bulkhead, Attempt<String> call) throws Exception {
        return around(bulkhead, call).execute("x", Deadline.NONE);
    }

    /** Takes a permit on a thread of its own, and waits for it if need be. */
    private static Future<?> taken(ExecutorService threads, Bulkhead bulkhead) {
        return threads.submit(() -> {
            bulkhead.take(Deadline.NONE);
            return null;
        });
    }

    private static void awaitWaiting(Bulkhead bulkhead, int waiting) {
        while (bulkhead.waiting() != waiting) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_call_holds_its_permit_until_it_returns() throws Exception {
        Bulkhead bulkhead = bulkhead(2, Duration.ZERO);
        assertThat(call(bulkhead, argument -> argument + bulkhead.inUse())).isEqualTo("x1");
        assertThat(bulkhead.inUse()).isZero();
    }

    @Test
    void a_call_that_fails_gives_its_permit_back() {
        Bulkhead bulkhead = bulkhead(1, Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> call(bulkhead, argument -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
        }
        assertThat(bulkhead.inUse()).isZero();
    }

    @Test
    void one_call_too_many_is_refused_at_once_and_not_made() throws Exception {
        Bulkhead bulkhead = bulkhead(2, Duration.ZERO);
        AtomicInteger made = new AtomicInteger();
        bulkhead.take(Deadline.NONE);
        bulkhead.take(Deadline.NONE);

        assertThatThrownBy(() -> call(bulkhead, argument -> made.incrementAndGet()))
                .isInstanceOfSatisfying(BulkheadFullException.class, full -> {
                    assertThat(full.target()).isEqualTo("payments");
                    assertThat(full.reason()).isEqualTo("bulkhead-full");
                    assertThat(full.attempted()).isFalse();
                    assertThat(full.retryAfter()).isEmpty();
                    assertThat(full.getStackTrace()).isEmpty();
                })
                .hasMessage("bulkhead 'payments' is full: 2 calls are under way");
        assertThat(made).hasValue(0);
        assertThat(bulkhead.inUse()).isEqualTo(2);

        bulkhead.release();
        assertThat(call(bulkhead, argument -> made.incrementAndGet())).isEqualTo(1);
    }

    @Test
    void those_who_wait_begin_in_the_order_in_which_they_came() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Bulkhead bulkhead = bulkhead(3, HOUR);
            for (int i = 0; i < 3; i++) {
                bulkhead.take(Deadline.NONE);
            }
            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                waiting.add(taken(threads, bulkhead));
                awaitWaiting(bulkhead, i);
            }
            for (int i = 0; i < 3; i++) {
                bulkhead.release();
                waiting.get(i).get();
                assertThat(bulkhead.inUse()).isEqualTo(3);
                assertThat(bulkhead.waiting()).isEqualTo(2 - i);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nobody_overtakes_and_no_more_wait_than_may_call() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Bulkhead bulkhead = bulkhead(1, HOUR);
            bulkhead.take(Deadline.NONE);
            Future<?> waiter = taken(threads, bulkhead);
            awaitWaiting(bulkhead, 1);

            assertThat(bulkhead.tryTake()).isFalse();
            assertThatThrownBy(() -> bulkhead.take(Deadline.NONE))
                    .isInstanceOf(BulkheadFullException.class)
                    .hasMessage("bulkhead 'payments' is full: 1 call is under way");

            bulkhead.release();
            waiter.get();
            assertThat(bulkhead.inUse()).isOne();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_wait_ends_after_its_time() throws Exception {
        Bulkhead bulkhead = bulkhead(1, Duration.ofMillis(1));
        bulkhead.take(Deadline.NONE);
        assertThatThrownBy(() -> bulkhead.take(Deadline.NONE)).isInstanceOf(BulkheadFullException.class);
        assertThat(bulkhead.waiting()).isZero();
        assertThat(bulkhead.inUse()).isOne();
    }

    @Test
    void a_wait_ends_with_the_deadline_of_its_call() throws Exception {
        Bulkhead bulkhead = bulkhead(1, HOUR);
        bulkhead.take(Deadline.NONE);
        FakeClock clock = new FakeClock();

        Deadline near = Deadline.in(Duration.ofMillis(6), clock);
        assertThat(bulkhead.patienceNanos(near))
                .as("over before the limit of the attempt")
                .isEqualTo(1_000_000);
        assertThatThrownBy(() -> bulkhead.take(near)).isInstanceOf(BulkheadFullException.class);

        clock.advanceNanos(1_000_000);
        assertThatThrownBy(() -> bulkhead.take(near)).isInstanceOf(BulkheadFullException.class);
        assertThat(bulkhead.waiting()).isZero();

        assertThat(bulkhead.patienceNanos(Deadline.in(Duration.ofHours(2), clock)))
                .isEqualTo(HOUR.toNanos());
        assertThat(bulkhead.patienceNanos(Deadline.NONE)).isEqualTo(HOUR.toNanos());
    }

    @Test
    void an_interrupt_ends_a_wait_and_leaves_the_queue_without_it() throws Exception {
        Bulkhead bulkhead = bulkhead(1, HOUR);
        bulkhead.take(Deadline.NONE);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                bulkhead.take(Deadline.NONE);
            } catch (Throwable failure) {
                told.complete(failure);
            }
        });
        waiter.start();
        awaitWaiting(bulkhead, 1);
        waiter.interrupt();
        assertThat(told.join()).isInstanceOf(InterruptedException.class);
        assertThat(bulkhead.waiting()).isZero();

        bulkhead.release();
        assertThat(bulkhead.inUse()).isZero();
    }

    @Test
    void more_room_lets_begin_who_waits() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Bulkhead bulkhead = bulkhead(2, HOUR);
            bulkhead.take(Deadline.NONE);
            bulkhead.take(Deadline.NONE);
            Future<?> first = taken(threads, bulkhead);
            awaitWaiting(bulkhead, 1);
            Future<?> second = taken(threads, bulkhead);
            awaitWaiting(bulkhead, 2);

            bulkhead.apply(new BulkheadPolicy(4, HOUR));
            first.get();
            second.get();
            assertThat(bulkhead.inUse()).isEqualTo(4);
            assertThat(bulkhead.max()).isEqualTo(4);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void less_room_ends_no_call_and_lets_none_begin_before_enough_have_ended() throws Exception {
        Bulkhead bulkhead = bulkhead(3, Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            bulkhead.take(Deadline.NONE);
        }
        bulkhead.apply(new BulkheadPolicy(1, Duration.ZERO));
        for (int left = 3; left > 0; left--) {
            assertThat(bulkhead.inUse()).isEqualTo(left);
            assertThat(bulkhead.tryTake()).isFalse();
            bulkhead.release();
        }
        assertThat(bulkhead.tryTake()).isTrue();
    }

    @Test
    void there_are_never_more_calls_than_may_be_and_no_permit_is_lost() throws Exception {
        Bulkhead bulkhead = bulkhead(3, Duration.ofMillis(1));
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        Strategy<String> calls = around(bulkhead, argument -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            LockSupport.parkNanos(1_000);
            made.incrementAndGet();
            running.decrementAndGet();
            return argument;
        });
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            CountDownLatch begin = new CountDownLatch(1);
            List<Future<Integer>> refused = new ArrayList<>();
            for (int t = 0; t < 12; t++) {
                refused.add(threads.submit(() -> {
                    begin.await();
                    int full = 0;
                    for (int i = 0; i < 3_000; i++) {
                        try {
                            calls.execute("x", Deadline.NONE);
                        } catch (BulkheadFullException expected) {
                            full++;
                        }
                    }
                    return full;
                }));
            }
            begin.countDown();
            int full = 0;
            for (Future<Integer> thread : refused) {
                full += thread.get();
            }
            assertThat(made.get() + full).isEqualTo(36_000);
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(bulkhead.inUse()).isZero();
        assertThat(bulkhead.waiting()).isZero();
    }
}
