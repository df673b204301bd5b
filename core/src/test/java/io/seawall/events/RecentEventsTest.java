package io.seawall.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private final RecentEvents recent = new RecentEvents();

    private static SeawallEvent of(String target, int second) {
        return new RetryBudgetEvent(NOON.plusSeconds(second), target, true);
    }

    @Test
    void the_newest_is_the_first() {
        recent.add(of("bank", 1));
        recent.add(of("mail", 2));
        assertThat(recent.list()).containsExactly(of("mail", 2), of("bank", 1));
    }

    @Test
    void one_that_was_overtaken_on_its_way_stands_where_its_time_is() {
        recent.add(of("bank", 1));
        recent.add(of("mail", 3));
        recent.add(of("post", 2));
        assertThat(recent.list()).containsExactly(of("mail", 3), of("post", 2), of("bank", 1));
    }

    @Test
    void after_a_clock_was_set_back_what_comes_is_the_first_all_the_same() {
        recent.add(of("bank", 3600));
        recent.add(of("mail", 1));
        assertThat(recent.list()).containsExactly(of("mail", 1), of("bank", 3600));
    }

    @Test
    void a_hundred_are_remembered() {
        for (int i = 0; i < 120; i++) {
            recent.add(of("target" + i, i));
        }
        assertThat(recent.list()).hasSize(100).startsWith(of("target119", 119)).endsWith(of("target20", 20));
    }

    @Test
    void of_those_that_are_alike_no_more_than_25_so_that_they_push_nothing_else_out() {
        recent.add(of("mail", 0));
        for (int i = 1; i <= 200; i++) {
            recent.add(of("bank", i));
        }
        assertThat(recent.list()).hasSize(26).startsWith(of("bank", 200)).endsWith(of("bank", 176), of("mail", 0));
    }

    @Test
    void those_of_another_part_of_the_application_are_put_in_by_their_time() {
        recent.add(of("bank", 1));
        recent.add(of("bank", 3));
        recent.addAll(List.of(of("mail", 4), of("mail", 2)));
        assertThat(recent.list()).containsExactly(of("mail", 4), of("bank", 3), of("mail", 2), of("bank", 1));
    }

    @Test
    void what_was_read_does_not_change() {
        recent.add(of("bank", 1));
        List<SeawallEvent> read = recent.list();
        recent.add(of("bank", 2));
        assertThat(read).containsExactly(of("bank", 1));
    }

    @Test
    void none_is_lost_among_threads_that_add_together() throws Exception {
        CyclicBarrier together = new CyclicBarrier(4);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String target = "target" + i;
            Thread thread = new Thread(() -> {
                try {
                    together.await();
                } catch (Exception broken) {
                    throw new IllegalStateException(broken);
                }
                for (int j = 0; j < 25; j++) {
                    recent.add(of(target, j));
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(recent.list()).hasSize(100).doesNotHaveDuplicates();
    }
}
