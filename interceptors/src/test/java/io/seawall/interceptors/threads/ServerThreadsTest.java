package io.seawall.interceptors.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.interceptors.threads.Names.Found;
import io.seawall.resilience.Notice;
import io.seawall.resilience.timer.HandTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerThreadsTest {

    private static final String FACTORY = "java:comp/DefaultManagedThreadFactory";
    private static final String EXECUTOR = "java:comp/DefaultManagedExecutorService";

    private final Map<String, Object> lent = new ConcurrentHashMap<>();
    private final List<String> lookUps = new ArrayList<>();

    /** What the server has taken, and not run. */
    private final List<Runnable> taken = new ArrayList<>();

    private boolean forGood;

    private final ServerThreads threads = new ServerThreads(name -> {
        lookUps.add(name);
        return new Found(lent.get(name), forGood);
    });

    @AfterEach
    void close() {
        threads.close();
    }

    private Thread threadOf(ServerThreads executing) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        executing.execute(() -> thread.complete(Thread.currentThread()));
        return thread.get(30, TimeUnit.SECONDS);
    }

    @Test
    void the_server_s_are_taken_where_it_lends_them_and_looked_up_when_they_are_needed_first() {
        Thread its = new Thread(() -> {});
        lent.put(FACTORY, (ThreadFactory) task -> its);
        lent.put(EXECUTOR, (Executor) taken::add);
        assertThat(lookUps).isEmpty();

        assertThat(threads.timerThread(() -> {})).isSameAs(its);
        threads.timerThread(() -> {});
        assertThat(lookUps).containsExactly(FACTORY);
        assertThat(its.getName()).isEqualTo("seawall-timer");

        threads.execute(() -> {});
        threads.execute(() -> {});
        assertThat(taken).hasSize(2);
        assertThat(lookUps).containsExactly(FACTORY, EXECUTOR);
    }

    @Test
    void without_a_server_they_are_our_own_and_it_is_asked_once() throws Exception {
        forGood = true;

        Thread timer = threads.timerThread(() -> {});
        assertThat(timer.getName()).isEqualTo("seawall-timer");
        assertThat(timer.isDaemon()).isTrue();
        assertThat(threadOf(threads).getName()).isEqualTo("seawall-async");
        threadOf(threads);

        assertThat(lookUps).containsExactly(FACTORY, EXECUTOR);
    }

    /** On WildFly and Open Liberty, java:comp is empty on threads that are not the server's. */
    @Test
    void a_thread_that_does_not_see_them_is_no_proof_that_there_are_none() throws Exception {
        assertThat(threadOf(threads).getName()).isEqualTo("seawall-async");

        lent.put(EXECUTOR, (Executor) taken::add);
        threads.look();
        threads.execute(() -> {});

        assertThat(taken).hasSize(1);
    }

    @Test
    void after_so_many_look_ups_in_vain_there_are_none() {
        for (int i = 0; i < 1_000; i++) {
            threads.look();
        }
        assertThat(lookUps).hasSize(200);
    }

    @Test
    void what_has_the_name_and_is_something_else_is_not_taken() throws Exception {
        lent.put(FACTORY, "a factory");
        lent.put(EXECUTOR, "an executor");

        assertThat(threads.timerThread(() -> {}).getName()).isEqualTo("seawall-timer");
        assertThat(threadOf(threads).getName()).isEqualTo("seawall-async");
    }

    @Test
    void a_server_that_has_stopped_lending_is_replaced_by_our_own() throws Exception {
        for (RuntimeException stopped : List.of(new IllegalStateException(), new RejectedExecutionException())) {
            lent.put(FACTORY, (ThreadFactory) task -> {
                throw stopped;
            });
            lent.put(EXECUTOR, (Executor) task -> {
                throw stopped;
            });
            assertThat(threads.timerThread(() -> {}).isDaemon()).isTrue();
            assertThat(threadOf(threads).getName()).isEqualTo("seawall-async");
        }
    }

    @Test
    void a_look_up_that_breaks_or_has_no_naming_at_all_leaves_our_own() throws Exception {
        try (ServerThreads broken = new ServerThreads(name -> {
                    throw new IllegalStateException("broken");
                });
                ServerThreads withoutNaming = new ServerThreads(name -> {
                    throw new NoClassDefFoundError("javax/naming/NamingException");
                })) {
            assertThat(threadOf(broken).getName()).isEqualTo("seawall-async");
            assertThat(threadOf(withoutNaming).getName()).isEqualTo("seawall-async");
            assertThat(withoutNaming.timerThread(() -> {}).getName()).isEqualTo("seawall-timer");
        }
    }

    /** A server drops the tasks of an application that it stops, and somebody waits for what they would have done. */
    @Test
    void what_the_server_has_taken_and_not_begun_is_run_at_the_end_and_once() throws Exception {
        lent.put(EXECUTOR, (Executor) taken::add);
        CompletableFuture<Thread> waited = new CompletableFuture<>();
        List<String> begun = new ArrayList<>();
        threads.execute(() -> begun.add("by the server"));
        taken.remove(0).run();
        threads.execute(() -> {
            if (!waited.complete(Thread.currentThread())) {
                begun.add("twice");
            }
        });

        threads.close();
        assertThat(waited.get(30, TimeUnit.SECONDS).getName()).isEqualTo("seawall-async");
        taken.forEach(Runnable::run);

        assertThat(begun).containsExactly("by the server");
    }

    @Test
    void a_notice_that_the_server_does_not_begin_soon_is_given_by_a_thread_of_our_own_and_once() throws Exception {
        HandTimer timer = new HandTimer();
        threads.watchBy(timer);
        lent.put(EXECUTOR, (Executor) taken::add);
        CompletableFuture<Thread> told = new CompletableFuture<>();
        List<String> twice = new ArrayList<>();

        threads.execute((Notice) () -> {
            if (!told.complete(Thread.currentThread())) {
                twice.add("told");
            }
        });
        timer.advance(Duration.ofMillis(49));
        assertThat(told).isNotDone();
        timer.advance(Duration.ofMillis(1));

        assertThat(told.get(30, TimeUnit.SECONDS).getName()).isEqualTo("seawall-notice");
        taken.forEach(Runnable::run);
        assertThat(twice).isEmpty();
    }

    @Test
    void a_notice_that_the_server_has_given_is_not_watched_any_more() {
        HandTimer timer = new HandTimer();
        threads.watchBy(timer);
        lent.put(EXECUTOR, (Executor) Runnable::run);

        threads.execute((Notice) () -> {});

        assertThat(timer.alarms()).isEmpty();
    }

    @Test
    void an_attempt_waits_for_the_server_however_long() {
        HandTimer timer = new HandTimer();
        threads.watchBy(timer);
        lent.put(EXECUTOR, (Executor) taken::add);
        List<String> run = new ArrayList<>();

        threads.execute(() -> run.add("attempt"));
        timer.advance(Duration.ofHours(1));

        assertThat(run).isEmpty();
        taken.forEach(Runnable::run);
        assertThat(run).containsExactly("attempt");
    }

    /** Whoever has sent it ends the call himself then. */
    @Test
    void what_could_not_be_sent_for_want_of_a_thread_is_not_watched_either() {
        HandTimer timer = new HandTimer();
        threads.watchBy(timer);
        lent.put(EXECUTOR, (Executor) task -> {
            throw new InternalError("unable to create native thread");
        });

        assertThatThrownBy(() -> threads.execute((Notice) () -> {})).isInstanceOf(InternalError.class);

        assertThat(timer.alarms()).isEmpty();
    }

    @Test
    void after_the_end_nothing_goes_to_the_server_and_nothing_is_lost() throws Exception {
        lent.put(EXECUTOR, (Executor) taken::add);
        lent.put(FACTORY, (ThreadFactory) task -> {
            throw new AssertionError("the server is asked");
        });
        threads.close();
        threads.close();

        assertThat(threadOf(threads)).isSameAs(Thread.currentThread());
        assertThat(threads.timerThread(() -> {}).isDaemon()).isTrue();
        assertThat(taken).isEmpty();
    }
}
