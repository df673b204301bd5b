package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.Sample;
import io.seawall.resilience.bulkhead.BulkheadFullException;
import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.retry.Jitter;
import io.seawall.resilience.stale.Answer;
import io.seawall.resilience.stale.LastAnswers;
import io.seawall.resilience.stale.StalePolicy;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.FakeClock;
import io.seawall.test.Policies;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetMetricsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Callable<?> WORKS = () -> "answer";
    private static final Callable<?> FAILS = () -> {
        throw new IOException("no answer");
    };

    private final FakeClock clock = new FakeClock();
    private final HandTimer timer = new HandTimer(clock);
    private final SplittableRandom random = new SplittableRandom(1);
    private final Targets targets = new Targets(new Surroundings(
            clock, InstantSource.system(), () -> random, nanos -> {}, timer, Runnable::run, List.of(), event -> {}));
    private final MetricRegistry registry = new MetricRegistry();

    @BeforeEach
    void register() {
        targets.register(registry);
    }

    private Pipeline.Builder<Callable<?>> payments() {
        return targets.around("payments", Callable::call);
    }

    /** All that is not 0, as {@code name value, value: number}, but for attempts, which have tests of their own. */
    private Map<String, Long> counted() {
        Map<String, Long> counted = new TreeMap<>();
        all().forEach((name, value) -> {
            if (value != 0 && !name.startsWith("seawall.attempt")) {
                counted.put(name, value);
            }
        });
        return counted;
    }

    private Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        for (MetricFamily family : registry.families()) {
            for (Sample sample : family.samples()) {
                assertThat(sample.labelValues()).hasSameSizeAs(family.meter().labels());
                long value = sample instanceof Sample.Value number
                        ? number.value()
                        : Arrays.stream(((Sample.Distribution) sample).counts()).sum();
                all.put(family.meter().name() + sample.labelValues(), value);
            }
        }
        return all;
    }

    @Test
    void everything_is_there_with_0_from_the_start() {
        payments()
                .retry(Policies.retries(2, SECOND, SECOND, Jitter.NONE))
                .breaker(BreakerPolicy.defaults())
                .bulkhead(new BulkheadPolicy(7, Duration.ZERO))
                .build();

        assertThat(counted())
                .isEqualTo(
                        Map.of("seawall.breaker.state[payments, closed]", 1L, "seawall.bulkhead.limit[payments]", 7L));
        assertThat(all().keySet())
                .contains(
                        "seawall.calls[payments]",
                        "seawall.calls.unsuccessful[payments, error]",
                        "seawall.calls.unsuccessful[payments, time-limit]",
                        "seawall.calls.unsuccessful[payments, circuit-open]",
                        "seawall.calls.unsuccessful[payments, bulkhead-full]",
                        "seawall.calls.unsuccessful[payments, fallback]",
                        "seawall.calls.unsuccessful[payments, stale]",
                        "seawall.timeouts[payments]",
                        "seawall.attempt.duration[payments]",
                        "seawall.attempts.in.flight[payments]",
                        "seawall.queue.depth[]",
                        "seawall.retries[payments]",
                        "seawall.retry.budget[payments, granted]",
                        "seawall.retry.budget[payments, refused]",
                        "seawall.breaker.state[payments, half-open]",
                        "seawall.breaker.transitions[payments, forced-open]",
                        "seawall.breaker.refusals[payments]",
                        "seawall.bulkhead.refusals[payments]");
    }

    @Test
    void a_target_has_no_numbers_of_what_none_of_its_callers_has() {
        payments().timeout(SECOND).build();

        assertThat(all().keySet())
                .noneMatch(name -> name.startsWith("seawall.breaker") || name.startsWith("seawall.bulkhead"))
                .noneMatch(name -> name.startsWith("seawall.retry.budget"));
    }

    @Test
    void a_call_is_counted_once_whatever_it_goes_through() throws Exception {
        payments().build().execute(WORKS);
        payments()
                .retry(Policies.retries(2, SECOND, SECOND, Jitter.NONE))
                .build()
                .execute(WORKS);
        payments()
                .retry(Policies.retries(2, SECOND, SECOND, Jitter.NONE))
                .noBudget()
                .build()
                .execute(WORKS);
        payments().breaker(BreakerPolicy.defaults()).build().execute(WORKS);
        later(payments().timeout(SECOND).build(), CompletableFuture.completedFuture("answer"));

        assertThat(counted())
                .isEqualTo(Map.of("seawall.calls[payments]", 5L, "seawall.breaker.state[payments, closed]", 1L));
    }

    private static CompletionStage<@Nullable Object> later(Pipeline<Callable<?>> pipeline, CompletionStage<?> stage) {
        return pipeline.start(() -> stage);
    }

    @Test
    void retries_are_counted_and_what_the_budget_says_to_them() {
        Pipeline<Callable<?>> retried = payments()
                .retry(Policies.retries(4, SECOND, SECOND, Jitter.NONE))
                .build();
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> retried.execute(FAILS)).isInstanceOf(IOException.class);
        }

        // One a second besides is 10 in the window, and nothing earned.
        assertThat(counted())
                .isEqualTo(Map.of(
                        "seawall.calls[payments]", 4L,
                        "seawall.calls.unsuccessful[payments, error]", 4L,
                        "seawall.retries[payments]", 10L,
                        "seawall.retry.budget[payments, granted]", 10L,
                        "seawall.retry.budget[payments, refused]", 2L));
    }

    @Test
    void a_circuit_tells_its_state_each_change_and_its_refusals() {
        Pipeline<Callable<?>> guarded =
                payments().breaker(BreakerPolicy.defaults()).build();
        for (int i = 0; i < 8; i++) {
            assertThat(catchThrowable(() -> guarded.execute(FAILS))).isNotNull();
        }

        Map<String, Long> open = new HashMap<>(Map.of(
                "seawall.calls[payments]", 8L,
                "seawall.calls.unsuccessful[payments, error]", 5L,
                "seawall.calls.unsuccessful[payments, circuit-open]", 3L,
                "seawall.breaker.refusals[payments]", 3L,
                "seawall.breaker.state[payments, open]", 1L,
                "seawall.breaker.transitions[payments, open]", 1L));
        assertThat(counted()).isEqualTo(open);

        targets.find("payments").orElseThrow().breaker().orElseThrow().reset();
        open.remove("seawall.breaker.state[payments, open]");
        open.put("seawall.breaker.state[payments, closed]", 1L);
        open.put("seawall.breaker.transitions[payments, closed]", 1L);
        assertThat(counted()).isEqualTo(open);
    }

    @Test
    void a_full_bulkhead_refuses_and_tells_how_many_are_inside() {
        Pipeline<Callable<?>> guarded =
                payments().bulkhead(new BulkheadPolicy(1, Duration.ZERO)).build();
        CompletableFuture<String> underWay = new CompletableFuture<>();
        later(guarded, underWay);
        assertThat(later(guarded, underWay)).isCompletedExceptionally();

        assertThat(counted())
                .isEqualTo(Map.of(
                        "seawall.calls[payments]", 2L,
                        "seawall.calls.unsuccessful[payments, bulkhead-full]", 1L,
                        "seawall.bulkhead.refusals[payments]", 1L,
                        "seawall.bulkhead.used[payments]", 1L,
                        "seawall.bulkhead.limit[payments]", 1L));
    }

    @Test
    void a_limit_of_time_is_counted_for_each_attempt_and_for_the_call() {
        CompletionStage<@Nullable Object> call = later(
                payments()
                        .retry(Policies.retries(1, SECOND, SECOND, Jitter.NONE))
                        .timeout(SECOND)
                        .build(),
                new CompletableFuture<>());
        for (int i = 0; i < 3; i++) {
            timer.advance(SECOND);
        }

        assertThat(call).isCompletedExceptionally();
        assertThat(counted())
                .isEqualTo(Map.of(
                        "seawall.calls[payments]", 1L,
                        "seawall.calls.unsuccessful[payments, time-limit]", 1L,
                        "seawall.retries[payments]", 1L,
                        "seawall.retry.budget[payments, granted]", 1L,
                        "seawall.timeouts[payments]", 2L));
    }

    @Test
    void an_attempt_that_must_not_be_interrupted_is_late_too() {
        Pipeline<Callable<?>> watched =
                payments().timeout(SECOND).interrupt(false).build();

        assertThatThrownBy(() -> watched.execute(() -> {
                    clock.advance(SECOND);
                    return "late";
                }))
                .isInstanceOf(Exception.class);
        assertThat(counted())
                .containsEntry("seawall.timeouts[payments]", 1L)
                .containsEntry("seawall.calls.unsuccessful[payments, time-limit]", 1L);
    }

    @Test
    void another_answer_is_counted_if_there_is_one() throws Exception {
        CompletionStage<String> other = CompletableFuture.completedFuture("other");
        CompletionStage<String> none = CompletableFuture.failedFuture(new IOException());
        payments().fallback((call, failure) -> "other").build().execute(FAILS);
        Pipeline<Callable<?>> without = payments()
                .fallback((call, failure) -> {
                    throw failure;
                })
                .build();
        assertThatThrownBy(() -> without.execute(FAILS)).isInstanceOf(IOException.class);
        later(payments().fallback((call, failure) -> other).build(), CompletableFuture.failedFuture(new IOException()));
        later(payments().fallback((call, failure) -> none).build(), CompletableFuture.failedFuture(new IOException()));

        assertThat(counted())
                .isEqualTo(Map.of(
                        "seawall.calls[payments]", 4L,
                        "seawall.calls.unsuccessful[payments, fallback]", 2L,
                        "seawall.calls.unsuccessful[payments, error]", 2L));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_old_answer_is_counted_and_an_answer_at_once_is_a_call_too(boolean budgeted) {
        Pipeline.Builder<Callable<?>> builder = payments().retry(Policies.retries(1, SECOND, SECOND, Jitter.NONE));
        Pipeline<Callable<?>> kept = (budgeted ? builder : builder.noBudget())
                .stale(new StalePolicy(Duration.ofMinutes(10), 10, SECOND), new OneAnswer(), call -> "question")
                .build();
        later(kept, CompletableFuture.completedFuture("answer"));
        CompletableFuture<String> slow = new CompletableFuture<>();
        CompletionStage<@Nullable Object> first = later(kept, slow);
        timer.advance(SECOND);
        assertThat(first).isCompletedWithValue("answer");
        assertThat(later(kept, slow)).as("at once").isCompletedWithValue("answer");

        Map<String, Long> expected =
                Map.of("seawall.calls[payments]", 3L, "seawall.calls.unsuccessful[payments, stale]", 2L);
        assertThat(counted()).isEqualTo(expected);

        // The slow call comes to nothing in the end; its caller has had his answer, and it was counted.
        slow.completeExceptionally(new IllegalArgumentException("asked for nonsense"));
        assertThat(counted()).isEqualTo(expected);
    }

    @Test
    void a_failure_after_the_soft_deadline_does_not_count_the_old_answer_again() {
        Pipeline<Callable<?>> kept = payments()
                .stale(new StalePolicy(Duration.ofMinutes(10), 10, SECOND), new OneAnswer(), call -> "question")
                .build();
        later(kept, CompletableFuture.completedFuture("answer"));
        CompletableFuture<String> slow = new CompletableFuture<>();
        later(kept, slow);
        timer.advance(SECOND);
        slow.completeExceptionally(new IOException());

        assertThat(counted()).containsEntry("seawall.calls.unsuccessful[payments, stale]", 1L);
    }

    @Test
    void a_refusal_of_another_target_is_an_error_of_this_one() {
        Pipeline<Callable<?>> full = targets.<Callable<?>>around("bank", Callable::call)
                .bulkhead(new BulkheadPolicy(1, Duration.ZERO))
                .build();
        later(full, new CompletableFuture<>());

        assertThatThrownBy(() -> payments().build().execute(() -> full.execute(WORKS)))
                .isInstanceOf(Exception.class);
        assertThat(counted())
                .containsEntry("seawall.calls.unsuccessful[payments, error]", 1L)
                .containsEntry("seawall.calls.unsuccessful[bank, bulkhead-full]", 1L);
    }

    private Sample.Distribution durations() {
        return registry.families().stream()
                .filter(family -> family.meter().name().equals("seawall.attempt.duration"))
                .map(family -> (Sample.Distribution) family.samples().get(0))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_attempt_is_measured_without_the_wait_between_them() {
        Pipeline<Callable<?>> retried = payments()
                .retry(Policies.retries(2, SECOND, SECOND, Jitter.NONE))
                .build();

        assertThatThrownBy(() -> retried.execute(() -> {
                    assertThat(all()).containsEntry("seawall.attempts.in.flight[payments]", 1L);
                    clock.advance(Duration.ofMillis(4));
                    throw new IOException("no answer");
                }))
                .isInstanceOf(IOException.class);

        assertThat(durations().counts()).containsExactly(0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(durations().sum()).isCloseTo(0.012, within(0.000_001));
        assertThat(all()).containsEntry("seawall.attempts.in.flight[payments]", 0L);
    }

    @Test
    void an_attempt_whose_result_comes_later_takes_until_it_comes() {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        later(payments().breaker(BreakerPolicy.defaults()).build(), answer);
        clock.advance(Duration.ofMillis(400));
        assertThat(all())
                .containsEntry("seawall.attempts.in.flight[payments]", 1L)
                .containsEntry("seawall.attempt.duration[payments]", 0L);

        answer.completeExceptionally(new IOException("no answer"));
        assertThat(durations().sum()).isCloseTo(0.4, within(0.000_001));
        assertThat(all()).containsEntry("seawall.attempts.in.flight[payments]", 0L);
    }

    @Test
    void what_was_refused_is_not_taken_for_a_quick_answer() {
        Pipeline<Callable<?>> guarded =
                payments().breaker(BreakerPolicy.defaults()).build();
        for (int i = 0; i < 8; i++) {
            assertThat(catchThrowable(() -> guarded.execute(FAILS))).isNotNull();
        }
        assertThat(all()).containsEntry("seawall.attempt.duration[payments]", 5L);

        targets.find("payments").orElseThrow().breaker().orElseThrow().reset();
        Pipeline<Callable<?>> narrow =
                payments().bulkhead(new BulkheadPolicy(1, Duration.ZERO)).build();
        later(narrow, new CompletableFuture<>());
        assertThatThrownBy(() -> narrow.execute(WORKS)).isInstanceOf(BulkheadFullException.class);
        assertThat(later(narrow, new CompletableFuture<>())).isCompletedExceptionally();
        assertThat(all())
                .containsEntry("seawall.attempt.duration[payments]", 5L)
                .containsEntry("seawall.attempts.in.flight[payments]", 1L);
    }

    @Test
    void the_queue_is_what_waits_for_places_of_all_targets() {
        for (String target : List.of("payments", "bank")) {
            Pipeline<Callable<?>> narrow = targets.<Callable<?>>around(target, Callable::call)
                    .bulkhead(new BulkheadPolicy(1, SECOND))
                    .build();
            later(narrow, new CompletableFuture<>());
            later(narrow, new CompletableFuture<>());
        }

        assertThat(all())
                .containsEntry("seawall.queue.depth[]", 2L)
                .containsEntry("seawall.bulkhead.waiting[bank]", 1L)
                .containsEntry("seawall.attempts.in.flight[bank]", 2L);
    }

    @Test
    void a_call_that_is_measured_and_one_that_is_not_make_no_garbage() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Pipeline<Callable<?>> guarded = payments()
                .retry(Policies.retries(2, SECOND, SECOND, Jitter.NONE))
                .breaker(BreakerPolicy.defaults())
                .build();
        execute(guarded, 30_000);
        long before = threads.getCurrentThreadAllocatedBytes();

        execute(guarded, 100_000);

        // What the compiler and the measurement take is less than a byte each.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    /** Two thousand a second by the clock: some of them are measured one by one, and some by chance. */
    private void execute(Pipeline<Callable<?>> guarded, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            guarded.execute(WORKS);
            clock.advanceNanos(i % 2_000 == 0 ? 1_000_000_000 : 0);
        }
    }

    @Test
    void a_change_of_settings_takes_nothing_from_what_was_counted() throws Exception {
        Pipeline<Callable<?>> changed = payments()
                .retry(Policies.retries(2, SECOND, SECOND, Jitter.NONE))
                .build();
        changed.execute(WORKS);
        targets.change("payments").put(changed, payments()).apply();
        changed.execute(WORKS);
        assertThat(all()).containsEntry("seawall.calls[payments]", 2L);

        targets.change("payments")
                .put(changed, payments().retry(Policies.retries(3, SECOND, SECOND, Jitter.NONE)))
                .apply();
        changed.execute(WORKS);
        assertThat(all()).containsEntry("seawall.calls[payments]", 3L);
    }

    private static final class OneAnswer implements LastAnswers {

        private @Nullable Answer last;

        @Override
        public @Nullable Answer find(Object key) {
            return last;
        }

        @Override
        public void keep(Object key, Answer answer) {
            last = answer;
        }
    }
}
