package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.Notice;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OwnExecutorTest {

    @Test
    void a_notice_does_not_wait_for_attempts_that_hold_all_threads() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (OwnExecutor executor = new OwnExecutor()) {
            for (int i = 0; i < 1000; i++) {
                executor.execute(() -> awaitUninterruptibly(told));
            }
            executor.execute((Notice) told::countDown);
            assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void what_comes_after_its_end_runs_where_it_comes_from() {
        OwnExecutor executor = new OwnExecutor();
        executor.close();
        executor.close();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        executor.execute(() -> thread.complete(Thread.currentThread()));
        assertThat(thread).isCompletedWithValue(Thread.currentThread());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
