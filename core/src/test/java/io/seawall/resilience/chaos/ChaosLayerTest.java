package io.seawall.resilience.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.Sleeper;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.CapturedLog;
import io.seawall.test.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChaosLayerTest {

    private static final Duration DELAY = Duration.ofMillis(500);
    private static final ChaosPolicy ALL_LATE = new ChaosPolicy(DELAY, 100, 0);
    private static final ChaosPolicy ALL_FAIL = new ChaosPolicy(Duration.ZERO, 0, 100);
    private static final ChaosPolicy ALL_LATE_AND_FAIL = new ChaosPolicy(DELAY, 100, 100);

    private final CapturedLog log = new CapturedLog(Chaos.class);
    private final SplittableRandom random = new SplittableRandom(1);
    private final FakeClock clock = new FakeClock();
    private final HandTimer timer = new HandTimer(clock);
    private final List<Long> sleeps = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        log.close();
    }

    private ChaosLayer<String> layer(ChaosPolicy policy, Sleeper sleeper, Executor executor) {
        return new ChaosLayer<>(new Chaos("payments", policy, () -> random, clock), sleeper, timer, executor);
    }

    private @Nullable Object call(ChaosLayer<String> layer) throws Exception {
        return layer.around((call, deadline) -> {
                    calls.incrementAndGet();
                    return call;
                })
                .execute("x", Deadline.NONE);
    }

    private CompletableFuture<@Nullable Object> start(ChaosLayer<String> layer) {
        return layer.aroundAsync((call, deadline) -> {
                    calls.incrementAndGet();
                    return CompletableFuture.completedFuture(call);
                })
                .start("x", Deadline.NONE)
                .toCompletableFuture();
    }

    private static void assertInjected(CompletableFuture<?> result) {
        assertThatThrownBy(result::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InjectedFaultException.class);
    }

    @Test
    void a_late_call_is_made_after_the_delay() throws Exception {
        ChaosLayer<String> layer = layer(
                ALL_LATE,
                nanos -> {
                    assertThat(calls).hasValue(0);
                    sleeps.add(nanos);
                },
                Runnable::run);

        assertThat(call(layer)).isEqualTo("x");
        assertThat(sleeps).containsExactly(DELAY.toNanos());
        assertThat(calls).hasValue(1);
    }

    @Test
    void a_call_that_fails_is_not_made() {
        assertThatThrownBy(() -> call(layer(ALL_FAIL, sleeps::add, Runnable::run)))
                .isInstanceOf(InjectedFaultException.class)
                .hasMessage("target 'payments' was told to fail");
        assertThat(calls).hasValue(0);
        assertThat(sleeps).isEmpty();
    }

    @Test
    void a_call_may_be_late_and_fail() {
        assertThatThrownBy(() -> call(layer(ALL_LATE_AND_FAIL, sleeps::add, Runnable::run)))
                .isInstanceOf(InjectedFaultException.class);
        assertThat(calls).hasValue(0);
        assertThat(sleeps).containsExactly(DELAY.toNanos());
    }

    @Test
    void an_interrupt_ends_the_delay_and_no_call_is_made() {
        InterruptedException interrupt = new InterruptedException();

        assertThatThrownBy(() -> call(layer(
                        ALL_LATE,
                        nanos -> {
                            throw interrupt;
                        },
                        Runnable::run)))
                .isSameAs(interrupt);
        assertThat(calls).hasValue(0);
    }

    @Test
    void as_many_are_hit_as_the_policy_says() {
        ChaosLayer<String> layer = layer(new ChaosPolicy(DELAY, 20, 30), sleeps::add, Runnable::run);
        int failed = 0;
        for (int i = 0; i < 10_000; i++) {
            try {
                call(layer);
            } catch (InjectedFaultException fault) {
                failed++;
            } catch (Exception other) {
                throw new AssertionError(other);
            }
        }

        assertThat(sleeps).hasSizeBetween(1_800, 2_200);
        assertThat(failed).isBetween(2_800, 3_200);
        assertThat(calls).hasValue(10_000 - failed);
    }

    @Test
    void a_call_whose_result_comes_later_waits_without_a_thread_and_is_made_on_the_executor() {
        CompletableFuture<@Nullable Object> result = start(layer(ALL_LATE, sleeps::add, tasks::add));

        timer.advance(DELAY.minusNanos(1));
        assertThat(tasks).isEmpty();
        timer.advance(Duration.ofNanos(1));
        assertThat(tasks).hasSize(1);
        assertThat(calls).hasValue(0);
        tasks.get(0).run();

        assertThat(calls).hasValue(1);
        assertThat(result).isCompletedWithValue("x");
        assertThat(sleeps).isEmpty();
    }

    @Test
    void a_result_that_comes_later_fails_at_once_or_after_the_delay() {
        assertInjected(start(layer(ALL_FAIL, sleeps::add, tasks::add)));

        CompletableFuture<@Nullable Object> late = start(layer(ALL_LATE_AND_FAIL, sleeps::add, Runnable::run));
        assertThat(late).isNotDone();
        timer.advance(DELAY);
        assertInjected(late);
        assertThat(calls).hasValue(0);
    }

    @Test
    void a_call_whose_result_comes_later_and_that_is_not_hit_is_made_at_once() {
        ChaosLayer<String> layer = layer(new ChaosPolicy(DELAY, 1, 0), sleeps::add, tasks::add);

        assertThat(start(layer)).isCompletedWithValue("x");
        assertThat(timer.alarms()).isEmpty();
    }

    @Test
    void whoever_brings_it_into_force_or_ends_it_can_tell_of_it() {
        Chaos chaos = new Chaos("payments", ALL_FAIL, () -> random, clock);

        assertThat(chaos.begin(new ChaosPolicy(DELAY, 20, 30)))
                .isEqualTo("target 'payments' is told to misbehave: 20% of its calls take 500ms longer, 30%"
                        + " fail; take chaos out of its settings to end it");
        assertThat(chaos.end()).isEqualTo("target 'payments' does not misbehave any more");
    }

    @Test
    void it_warns_once_a_minute_in_which_it_hits_and_tells_how_often() throws Exception {
        ChaosLayer<String> layer = layer(ALL_LATE, sleeps::add, Runnable::run);
        String line = "WARNING target 'payments' misbehaves as it was told: calls hit since this was last said: ";

        call(layer);
        call(layer);
        clock.advance(Duration.ofMinutes(1).minusNanos(1));
        call(layer);
        assertThat(log.lines()).containsExactly(line + 1);

        clock.advance(Duration.ofMinutes(5));
        assertThat(log.lines()).hasSize(1);
        call(layer);
        assertThat(log.lines()).containsExactly(line + 1, line + 3);
        assertThat(timer.alarms()).as("a thread that waits to tell").isEmpty();
    }

    @Test
    void all_calls_of_the_target_are_told_of_together() throws Exception {
        Chaos chaos = new Chaos("payments", ALL_LATE, () -> random, clock);

        call(new ChaosLayer<>(chaos, sleeps::add, timer, Runnable::run));
        call(new ChaosLayer<>(chaos, sleeps::add, timer, Runnable::run));

        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void calls_that_are_not_hit_are_not_told_of() throws Exception {
        call(layer(new ChaosPolicy(DELAY, 1, 0), sleeps::add, Runnable::run));

        assertThat(sleeps).isEmpty();
        assertThat(log.lines()).isEmpty();
    }
}
