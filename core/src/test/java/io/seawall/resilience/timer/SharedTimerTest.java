package io.seawall.resilience.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.seawall.test.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedTimerTest {

    private static final long NEVER = TimeUnit.DAYS.toNanos(1);

    private final SharedTimer timer = timer("test-timer", Duration.ofSeconds(10));

    @AfterEach
    void close() {
        timer.close();
    }

    private static SharedTimer timer(String threadName, Duration idle) {
        return new SharedTimer(
                task -> {
                    Thread thread = new Thread(task, threadName);
                    thread.setDaemon(true);
                    return thread;
                },
                System::nanoTime,
                idle);
    }

    private static Alarm alarm(Runnable ring) {
        return new Alarm() {
            @Override
            protected void ring() {
                ring.run();
            }
        };
    }

    private Thread itsThread() throws Exception {
        return itsThread(timer);
    }

    private static Thread itsThread(SharedTimer timer) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        timer.set(alarm(() -> thread.complete(Thread.currentThread())), 1);
        return thread.get(30, TimeUnit.SECONDS);
    }

    @Test
    void tasks_run_on_one_daemon_thread_of_its_own_name() throws Exception {
        Thread thread = itsThread();

        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.getName()).isEqualTo("test-timer");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(itsThread()).isSameAs(thread);
    }

    @Test
    void a_task_that_is_called_off_leaves_the_queue_at_once() {
        for (int i = 0; i < 1_000; i++) {
            Alarm alarm = alarm(() -> {});
            timer.set(alarm, NEVER);
            assertThat(timer.inFlight()).isOne();
            timer.unset(alarm);
            timer.unset(alarm);
            assertThat(timer.inFlight()).isZero();
        }
    }

    @Test
    void closing_it_lets_what_is_planned_run_and_ends_its_thread_with_the_last() throws Exception {
        Thread thread = itsThread();
        CountDownLatch ran = new CountDownLatch(1);
        timer.set(alarm(ran::countDown), TimeUnit.MILLISECONDS.toNanos(50));
        Alarm alarm = alarm(() -> {});
        timer.set(alarm, NEVER);

        timer.close();
        timer.close();

        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.isAlive()).isTrue();
        timer.unset(alarm);
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
    }

    /** It once was dropped, and a call that was to be made again after a while never ended. */
    @Test
    void what_is_set_after_closing_rings_too_and_its_thread_ends_with_it() throws Exception {
        timer.close();

        Thread thread = itsThread();

        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(timer.inFlight()).isZero();
        assertThat(itsThread()).isNotSameAs(thread);
    }

    @Test
    void an_alarm_that_is_due_before_all_others_wakes_the_thread() throws Exception {
        for (int i = 0; i < 3; i++) {
            timer.set(alarm(() -> {}), NEVER - i);
            itsThread();
        }
        assertThat(timer.inFlight()).isEqualTo(3);
    }

    @Test
    void no_alarm_rings_early() throws Exception {
        int alarms = 200;
        List<Long> early = new CopyOnWriteArrayList<>();
        CountDownLatch rung = new CountDownLatch(alarms);
        for (int i = 0; i < alarms; i++) {
            long delayNanos = 1 + i * 77_777L;
            long begin = System.nanoTime();
            timer.set(
                    alarm(() -> {
                        if (System.nanoTime() - begin < delayNanos) {
                            early.add(delayNanos);
                        }
                        rung.countDown();
                    }),
                    delayNanos);
        }
        assertThat(rung.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(early).isEmpty();
    }

    @Test
    void a_thread_that_is_interrupted_goes_on() throws Exception {
        Thread thread = itsThread();
        for (int i = 0; i < 10; i++) {
            thread.interrupt();
            assertThat(itsThread()).isSameAs(thread);
        }
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        timer.set(alarm(() -> interrupted.complete(Thread.currentThread().isInterrupted())), 1);
        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void an_alarm_that_fails_does_not_keep_others_from_ringing() throws Exception {
        try (CapturedLog log = new CapturedLog(SharedTimer.class)) {
            Thread thread = itsThread();
            CountDownLatch failed = new CountDownLatch(1);
            timer.set(
                    alarm(() -> {
                        failed.countDown();
                        throw new AssertionError("broken");
                    }),
                    1);
            assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(itsThread()).isSameAs(thread);
            assertThat(log.lines()).containsExactly("WARNING an alarm has failed");
        }
    }

    @Test
    void where_no_thread_can_be_made_the_alarm_is_not_set_and_the_next_one_tries_again() throws Exception {
        AtomicReference<@Nullable ThreadFactory> threads = new AtomicReference<>(task -> {
            throw new IllegalStateException("stopped");
        });
        try (SharedTimer timer = new SharedTimer(
                task -> {
                    ThreadFactory factory = threads.get();
                    return factory == null ? null : factory.newThread(task);
                },
                System::nanoTime,
                Duration.ofSeconds(10))) {
            Alarm alarm = alarm(() -> {});
            assertThatIllegalStateException()
                    .isThrownBy(() -> timer.set(alarm, 1))
                    .withMessage("stopped");
            threads.set(null);
            assertThatIllegalStateException()
                    .isThrownBy(() -> timer.set(alarm, 1))
                    .withMessage("the timer has no thread: its ThreadFactory has returned null");
            assertThat(timer.inFlight()).isZero();

            threads.set(Thread::new);
            CountDownLatch rung = new CountDownLatch(1);
            timer.set(alarm(rung::countDown), 1);
            assertThat(rung.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The clock sets alarms between the steps of the thread that looks for them, also between the last ones before it ends. */
    @Test
    void no_alarm_is_lost_whatever_the_thread_is_about_to_do() throws Exception {
        AtomicInteger set = new AtomicInteger();
        AtomicInteger rung = new AtomicInteger();
        AtomicReference<@Nullable Runnable> meanwhile = new AtomicReference<>();
        SplittableRandom random = new SplittableRandom(1);
        LongSupplier clock = () -> {
            Runnable interruption = Thread.currentThread().getName().equals("watched-timer") && random.nextInt(4) == 0
                    ? meanwhile.getAndSet(null)
                    : null;
            if (interruption != null) {
                interruption.run();
            }
            return System.nanoTime();
        };
        try (SharedTimer timer =
                new SharedTimer(task -> new Thread(task, "watched-timer"), clock, Duration.ofNanos(1))) {
            for (int round = 0; round < 300; round++) {
                CountDownLatch rang = new CountDownLatch(1);
                meanwhile.set(() -> {
                    set.incrementAndGet();
                    timer.set(
                            alarm(() -> {
                                rung.incrementAndGet();
                                rang.countDown();
                            }),
                            1);
                });
                while (meanwhile.get() != null) {
                    itsThread(timer);
                }
                assertThat(rang.await(30, TimeUnit.SECONDS))
                        .as("round %d", round)
                        .isTrue();
            }
        }
        assertThat(rung).hasValue(set.get());
    }

    @Test
    void a_thread_that_has_died_without_a_word_is_replaced_and_what_was_set_rings() throws Exception {
        AtomicLong passed = new AtomicLong();
        List<Thread> made = new CopyOnWriteArrayList<>();
        try (SharedTimer timer = new SharedTimer(
                task -> {
                    Thread thread = new Thread(made.isEmpty() ? () -> {} : task);
                    made.add(thread);
                    return thread;
                },
                () -> System.nanoTime() + passed.get(),
                Duration.ofSeconds(10))) {
            CountDownLatch rung = new CountDownLatch(2);
            timer.set(alarm(rung::countDown), 1);
            made.get(0).join(30_000);

            passed.addAndGet(TimeUnit.SECONDS.toNanos(2));
            timer.set(alarm(rung::countDown), 1);

            assertThat(rung.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(made).hasSize(2);
        }
    }

    /** The thread ends and begins all the time: each alarm may meet it at its last breath. */
    @Test
    void whoever_meets_a_thread_that_ends_has_another_one_begin() throws Exception {
        timer.close();
        int callers = 4;
        int rounds = 500;
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                ends.add(pool.submit(() -> {
                    for (int round = 0; round < rounds; round++) {
                        Alarm calledOff = alarm(() -> {});
                        timer.set(calledOff, NEVER);
                        CountDownLatch rung = new CountDownLatch(1);
                        timer.set(alarm(rung::countDown), 1);
                        timer.unset(calledOff);
                        assertThat(rung.await(30, TimeUnit.SECONDS)).isTrue();
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get(120, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(timer.inFlight()).isZero();
    }

    @Test
    void its_thread_ends_by_itself_when_nobody_closes_it() throws Exception {
        try (SharedTimer forgotten = timer("forgotten-timer", Duration.ofSeconds(1))) {
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            forgotten.set(alarm(() -> thread.complete(Thread.currentThread())), 1);
            thread.get(30, TimeUnit.SECONDS).join(30_000);
            assertThat(thread.get().isAlive()).isFalse();
        }
    }

    @Test
    void a_task_can_be_called_off_after_the_timer_was_closed() {
        Alarm alarm = alarm(() -> {});
        timer.set(alarm, NEVER);

        timer.close();
        timer.unset(alarm);

        assertThat(timer.inFlight()).isZero();
    }
}
