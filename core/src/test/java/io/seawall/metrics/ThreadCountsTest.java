package io.seawall.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ThreadCountsTest {

    private final ThreadCounts counts = new ThreadCounts(3);

    private void count(int number, int times) {
        for (int i = 0; i < times; i++) {
            counts.increment(number);
        }
    }

    @Test
    void each_number_counts_for_itself() {
        count(0, 3);
        count(2, 5);

        assertThat(counts.sum(0)).isEqualTo(3);
        assertThat(counts.sum(1)).isZero();
        assertThat(counts.sum(2)).isEqualTo(5);
    }

    @Test
    void nothing_is_lost_where_more_threads_count_at_a_time_than_there_are_rows() throws Exception {
        int threads = 600;
        int each = 2_000;
        CountDownLatch ready = new CountDownLatch(threads);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                ready.countDown();
                try {
                    ready.await(); // all live at a time, so some have no row of their own
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                count(0, each);
                count(1, 1);
            });
            thread.setDaemon(true);
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            thread.join();
        }

        assertThat(counts.sum(0)).isEqualTo((long) threads * each);
        assertThat(counts.sum(1)).isEqualTo(threads);
    }

    /** From Java 21 on, a thread that has ended still holds on to what it has run: of a virtual one that is a request. */
    @Test
    @Timeout(60)
    void threads_that_have_ended_are_let_go_of_when_somebody_looks() throws Exception {
        WeakReference<Thread> ended = ended();
        assertThat(counts.sum(0)).isEqualTo(3);
        while (!ended.refersTo(null)) {
            assertThat(Thread.interrupted()).as("is too late").isFalse();
            System.gc();
        }
        assertThat(counts.sum(0)).isEqualTo(3);
        Thread next = new Thread(() -> count(0, 4));
        next.start();
        next.join();
        assertThat(counts.sum(0)).isEqualTo(7);
    }

    private WeakReference<Thread> ended() throws InterruptedException {
        Thread thread = new Thread(() -> count(0, 3));
        thread.start();
        thread.join();
        return new WeakReference<>(thread);
    }

    @Test
    void a_thread_that_has_ended_leaves_its_row_with_what_it_has_counted() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            Thread thread = new Thread(() -> count(1, 7));
            thread.start();
            thread.join();
        }

        assertThat(counts.sum(1)).isEqualTo(7_000);
        assertThat(counts.sharedSum(1))
                .as("of threads one after the other none was without a row")
                .isZero();
    }

    @Test
    void it_makes_no_garbage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        count(0, 20_000);
        long before = threads.getCurrentThreadAllocatedBytes();

        count(0, 100_000);

        // What the compiler and the measurement take is less than a byte each.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }
}
