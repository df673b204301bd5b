package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SharedAnswerTest {

    private static final long SECOND = 1_000_000_000;

    private final FakeClock clock = new FakeClock();
    private final AtomicInteger made = new AtomicInteger();

    private byte[] make() {
        return Integer.toString(made.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] makeTheSecondSlowly(CountDownLatch begun, CountDownLatch go) {
        if (made.get() == 1) {
            begun.countDown();
            try {
                assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return make();
    }

    private static String text(SharedAnswer answer) {
        return new String(answer.get(), StandardCharsets.UTF_8);
    }

    @Test
    void whoever_asks_within_a_second_is_given_the_same() {
        SharedAnswer answer = new SharedAnswer(SECOND, clock, this::make);
        for (int viewer = 0; viewer < 50; viewer++) {
            assertThat(text(answer)).isEqualTo("1");
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(text(answer)).isEqualTo("2");
    }

    @Test
    void after_a_change_it_is_made_anew() {
        SharedAnswer answer = new SharedAnswer(SECOND, clock, this::make);
        assertThat(text(answer)).isEqualTo("1");
        answer.forget();
        assertThat(text(answer)).isEqualTo("2");
    }

    @Test
    void while_one_is_made_others_are_given_the_one_before() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        SharedAnswer answer = new SharedAnswer(SECOND, clock, () -> makeTheSecondSlowly(begun, go));
        assertThat(text(answer)).isEqualTo("1");
        clock.advance(Duration.ofSeconds(2));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<String> slow = other.submit(() -> text(answer));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(text(answer)).isEqualTo("1");
            go.countDown();
            assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo("2");
        } finally {
            go.countDown();
            other.shutdownNow();
        }
    }

    @Test
    void a_change_that_comes_while_one_is_made_is_not_hidden_by_it() {
        SharedAnswer[] itself = new SharedAnswer[1];
        itself[0] = new SharedAnswer(SECOND, clock, () -> {
            if (made.get() == 0) {
                itself[0].forget(); // as another viewer's action does, after the state was read
            }
            return make();
        });
        assertThat(text(itself[0])).isEqualTo("1");
        assertThat(text(itself[0])).as("made after the change").isEqualTo("2");
    }

    @Test
    void one_from_before_lunch_is_nobodys_answer() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        SharedAnswer answer = new SharedAnswer(SECOND, clock, () -> makeTheSecondSlowly(begun, go));
        assertThat(text(answer)).isEqualTo("1");
        clock.advance(Duration.ofHours(1));
        ExecutorService other = Executors.newSingleThreadExecutor();
        FutureTask<String> late = new FutureTask<>(() -> text(answer));
        Thread second = new Thread(late);
        try {
            Future<String> first = other.submit(() -> text(answer));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            second.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> late.isDone() || second.getState() == Thread.State.WAITING);
            go.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("2");
            assertThat(late.get(30, TimeUnit.SECONDS)).isEqualTo("2");
        } finally {
            go.countDown();
            other.shutdownNow();
        }
    }

    @Test
    void what_cannot_be_made_is_asked_for_again() {
        SharedAnswer answer = new SharedAnswer(SECOND, clock, () -> {
            if (made.getAndIncrement() == 0) {
                throw new IllegalStateException("not yet");
            }
            return new byte[] {'x'};
        });
        org.assertj.core.api.Assertions.assertThatIllegalStateException().isThrownBy(answer::get);
        assertThat(text(answer)).isEqualTo("x");
    }
}
