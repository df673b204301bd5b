package io.seawall.resilience.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.metrics.Counter;
import io.seawall.resilience.Attempt;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.FakeClock;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptTimeoutLayerTest {

    private final Counter late = new Counter();

    private final HandTimer timer = new HandTimer();

    private AttemptTimeoutLayer<String> layer(Duration limit) {
        return new AttemptTimeoutLayer<>("payments", limit, true, timer, new FakeClock(), Runnable::run, late);
    }

    private Strategy<String> limited(Attempt<String> call) {
        return layer(Duration.ofSeconds(2)).around((argument, deadline) -> call.make(argument));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(timer.alarms()).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_call_in_time_is_not_disturbed_and_its_timeout_is_called_off() throws Exception {
        assertThat(limited(argument -> argument + timer.alarms().size()).execute("x", Deadline.NONE))
                .isEqualTo("x1");

        assertThat(timer.delays()).containsExactly(2_000_000_000L);
        assertThat(timer.alarms()).isEmpty();
    }

    @Test
    void a_failure_in_time_is_handed_on_and_its_timeout_is_called_off() {
        for (Throwable failure : List.of(new IllegalStateException(), new StackOverflowError())) {
            assertThatThrownBy(() -> limited(argument -> {
                                if (failure instanceof Error error) {
                                    throw error;
                                }
                                throw (Exception) failure;
                            })
                            .execute("x", Deadline.NONE))
                    .isSameAs(failure);
            assertThat(timer.alarms()).isEmpty();
        }
    }

    @Test
    void an_error_after_the_limit_stays_an_error() {
        StackOverflowError error = new StackOverflowError();
        assertThatThrownBy(() -> limited(argument -> {
                            timer.ringAll();
                            throw error;
                        })
                        .execute("x", Deadline.NONE))
                .isSameAs(error);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** What the caller waits for when it is interrupted; closing it fails, as in file systems that are not the JDK's. */
    private static final class BadChannel extends AbstractInterruptibleChannel {

        @Override
        protected void implCloseChannel() {
            throw new IllegalStateException("cannot close");
        }

        void waitIn(Runnable wait) throws AsynchronousCloseException {
            begin();
            try {
                wait.run();
            } finally {
                end(false);
            }
        }
    }

    @Test
    void an_interrupt_that_fails_leaves_nobody_waiting() {
        BadChannel channel = new BadChannel();
        CompletableFuture<Void> fired = new CompletableFuture<>();
        assertThatThrownBy(() -> limited(argument -> {
                            // on another thread, as a timer does: a thread that interrupts itself closes nothing
                            channel.waitIn(() -> fired.completeAsync(() -> {
                                        timer.ringAll();
                                        return null;
                                    })
                                    .exceptionally(failure -> null)
                                    .join());
                            return "late";
                        })
                        .execute("x", Deadline.NONE))
                .isInstanceOf(TimeLimitExceededException.class);
        assertThat(fired).isCompletedExceptionally();
    }

    @Test
    void a_call_runs_on_the_thread_of_its_caller() throws Exception {
        assertThat(limited(argument -> Thread.currentThread()).execute("x", Deadline.NONE))
                .isSameAs(Thread.currentThread());
    }

    @Test
    void a_call_that_takes_too_long_is_interrupted() {
        InterruptedException heeded = new InterruptedException();

        assertThatThrownBy(() -> limited(argument -> {
                            timer.ringAll();
                            assertThat(Thread.interrupted()).isTrue();
                            throw heeded;
                        })
                        .execute("x", Deadline.NONE))
                .isInstanceOfSatisfying(TimeLimitExceededException.class, exceeded -> {
                    assertThat(exceeded.target()).isEqualTo("payments");
                    assertThat(exceeded.attempted()).isTrue();
                    assertThat(exceeded.retryAfter()).isEmpty();
                    assertThat(exceeded.getStackTrace()).isEmpty();
                })
                .hasMessage("call to 'payments' exceeded its limit of 2s")
                .hasCause(heeded);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_call_that_ignores_the_interrupt_runs_to_its_end_and_its_late_result_is_dropped() {
        assertThatThrownBy(() -> limited(argument -> {
                            timer.ringAll();
                            return "late";
                        })
                        .execute("x", Deadline.NONE))
                .isInstanceOf(TimeLimitExceededException.class)
                .hasNoCause();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_call_that_fails_too_late_has_its_failure_as_the_cause() {
        IllegalStateException failure = new IllegalStateException();

        assertThatThrownBy(() -> limited(argument -> {
                            timer.ringAll();
                            throw failure;
                        })
                        .execute("x", Deadline.NONE))
                .isInstanceOf(TimeLimitExceededException.class)
                .hasCause(failure);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_timer_that_comes_too_late_interrupts_nobody() throws Exception {
        List<Alarm> late = new ArrayList<>();

        limited(argument -> late.addAll(timer.alarms())).execute("x", Deadline.NONE);
        late.forEach(HandTimer::ring);

        assertThat(late).hasSize(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void an_interrupt_of_somebody_else_survives_a_call_in_time() throws Exception {
        limited(argument -> {
                    Thread.currentThread().interrupt();
                    return "x";
                })
                .execute("x", Deadline.NONE);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_interrupt_from_before_the_call_survives_a_timeout() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> limited(argument -> {
                            timer.ringAll();
                            return "late";
                        })
                        .execute("x", Deadline.NONE))
                .isInstanceOf(TimeLimitExceededException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_interrupt_of_somebody_else_during_the_call_survives_a_timeout_after_it() {
        assertThatThrownBy(() -> limited(argument -> {
                            Thread.currentThread().interrupt();
                            timer.ringAll();
                            return "late";
                        })
                        .execute("x", Deadline.NONE))
                .isInstanceOf(TimeLimitExceededException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_interrupt_from_before_that_the_call_has_answered_does_not_come_back() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> limited(argument -> {
                            assertThat(Thread.interrupted()).isTrue();
                            timer.ringAll();
                            return "late";
                        })
                        .execute("x", Deadline.NONE))
                .isInstanceOf(TimeLimitExceededException.class);

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void an_interrupt_of_somebody_else_that_ends_the_call_is_no_timeout() {
        InterruptedException interrupt = new InterruptedException();

        assertThatThrownBy(() -> limited(argument -> {
                            throw interrupt;
                        })
                        .execute("x", Deadline.NONE))
                .isSameAs(interrupt);
    }

    @Test
    void a_call_within_a_call_has_a_limit_of_its_own() throws Exception {
        Strategy<String> inner = limited(argument -> {
            HandTimer.ring(timer.alarms().get(1));
            return "late";
        });

        Object result = limited(argument -> {
                    assertThatThrownBy(() -> inner.execute("y", Deadline.NONE))
                            .isInstanceOf(TimeLimitExceededException.class);
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    return "in time";
                })
                .execute("x", Deadline.NONE);

        assertThat(result).isEqualTo("in time");
    }

    @Test
    void a_limit_is_1_ms_to_1_h_in_whole_milliseconds() {
        for (Duration limit : List.of(Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofHours(1))) {
            assertThat(AttemptTimeoutLayer.requireLimit(limit)).isEqualTo(limit);
        }
        refused(Duration.ZERO, "timeout is 0ms: use 1ms to 1h");
        refused(Duration.ofMillis(-7), "timeout is -7ms: use 1ms to 1h");
        refused(Duration.ofMillis(3_600_001), "timeout is 3600001ms: use 1ms to 1h");
        // had no text form for the message of the timeout, which failed in its place
        refused(Duration.ofNanos(1_500_000), "timeout is PT0.0015S: use whole milliseconds");
    }

    private void refused(Duration limit, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AttemptTimeoutLayer.requireLimit(limit))
                .withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> layer(limit)).withMessage(message);
    }

    /**
     * Ends and fires together, many times. Whoever loses starts earlier next time, so both stay as close as they can, and
     * both orders come up again and again.
     */
    @Test
    void whoever_wins_the_race_between_the_end_and_the_timer_leaves_no_interrupt_behind() throws Exception {
        int rounds = 3_000;
        AtomicReference<@Nullable TimedAttempt> handedOver = new AtomicReference<>();
        ExecutorService timerThread = Executors.newSingleThreadExecutor();
        int inTime = 0;
        int headStart = 0; // of the timer, in turns of an idle loop
        try {
            Future<?> fired = timerThread.submit(() -> {
                for (int round = 0; round < rounds; round++) {
                    TimedAttempt attempt = handedOver.get();
                    while (attempt == null) {
                        Thread.onSpinWait();
                        attempt = handedOver.get();
                    }
                    attempt.ring();
                    handedOver.set(null);
                }
            });
            for (int round = 0; round < rounds; round++) {
                TimedAttempt attempt = new TimedAttempt();
                handedOver.set(attempt);
                for (int i = 0; i < headStart; i++) {
                    Thread.onSpinWait();
                }
                boolean late = attempt.end();
                boolean interruptedAtTheEnd = Thread.currentThread().isInterrupted();
                while (handedOver.get() != null) {
                    Thread.onSpinWait();
                }
                assertThat(interruptedAtTheEnd)
                        .as("interrupted at its end in round %d", round)
                        .isFalse();
                assertThat(Thread.currentThread().isInterrupted())
                        .as("interrupted after its end in round %d", round)
                        .isFalse();
                inTime += late ? 0 : 1;
                headStart = late ? headStart * 7 / 8 : Math.min(1_000_000, headStart * 9 / 8 + 1);
            }
            fired.get(30, TimeUnit.SECONDS);
        } finally {
            timerThread.shutdownNow();
        }
        assertThat(inTime).isBetween(1, rounds - 1);
    }
}
