package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedAnswerTest {

    private static final long SECOND = 1_000_000_000;

    private final FakeClock clock = new FakeClock();
    private final AtomicInteger made = new AtomicInteger();

    private byte[] make() {
        return Integer.toString(made.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
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
        SharedAnswer answer = new SharedAnswer(SECOND, clock, () -> {
            if (made.get() == 1) {
                begun.countDown();
                try {
                    assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return make();
        });
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
