package io.seawall.resilience.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.timeout.Timer.Scheduled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
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
    void closing_it_drops_what_is_planned_and_ends_its_thread() throws Exception {
        Thread thread = itsThread();
        timer.schedule(() -> {}, NEVER);

        timer.close();
        timer.close();
        thread.join(30_000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(timer.planned()).isZero();
        assertThatThrownBy(() -> timer.schedule(() -> {}, 1)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void a_task_can_be_called_off_after_the_timer_was_closed() {
        Scheduled scheduled = timer.schedule(() -> {}, NEVER);

        timer.close();
        scheduled.cancel();

        assertThat(timer.planned()).isZero();
    }
}
