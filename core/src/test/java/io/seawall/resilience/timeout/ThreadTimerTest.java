package io.seawall.resilience.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.timeout.Timer.Scheduled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadTimerTest {

    private static final long NEVER = TimeUnit.DAYS.toNanos(1);

    private final ThreadTimer timer = new ThreadTimer("test-timer");

    @AfterEach
    void close() {
        timer.close();
    }

    private Thread itsThread() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        timer.schedule(() -> thread.complete(Thread.currentThread()), 1);
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
            Scheduled scheduled = timer.schedule(() -> {}, NEVER);
            assertThat(timer.planned()).isOne();
            scheduled.cancel();
            scheduled.cancel();
            assertThat(timer.planned()).isZero();
        }
    }

    @Test
    void closing_it_lets_what_is_planned_run_and_ends_its_thread_with_the_last() throws Exception {
        Thread thread = itsThread();
        CountDownLatch ran = new CountDownLatch(1);
        timer.schedule(ran::countDown, TimeUnit.MILLISECONDS.toNanos(50));
        Scheduled scheduled = timer.schedule(() -> {}, NEVER);

        timer.close();
        timer.close();

        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.isAlive()).isTrue();
        scheduled.cancel();
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void a_task_that_comes_after_closing_is_never_run() {
        timer.close();

        Scheduled scheduled = timer.schedule(() -> {}, 1);

        assertThat(timer.planned()).isZero();
        scheduled.cancel();
    }

    @Test
    void its_thread_ends_by_itself_when_nobody_closes_it() throws Exception {
        try (ThreadTimer forgotten = new ThreadTimer("forgotten-timer", 1)) {
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            forgotten.schedule(() -> thread.complete(Thread.currentThread()), 1);
            thread.get(30, TimeUnit.SECONDS).join(30_000);
            assertThat(thread.get().isAlive()).isFalse();
        }
    }

    @Test
    void a_task_can_be_called_off_after_the_timer_was_closed() {
        Scheduled scheduled = timer.schedule(() -> {}, NEVER);

        timer.close();
        scheduled.cancel();

        assertThat(timer.planned()).isZero();
    }
}
