package io.seawall.resilience.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    @Test
    void a_task_that_comes_after_closing_is_never_run() {
        timer.close();

        Alarm alarm = alarm(() -> {});
        timer.set(alarm, 1);

        assertThat(timer.inFlight()).isZero();
        timer.unset(alarm);
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
