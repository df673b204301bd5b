package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.events.CircuitEvent;
import io.seawall.events.SeawallEvent;
import io.seawall.resilience.Attempt;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.bulkhead.Bulkhead;
import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.chaos.Chaos;
import io.seawall.resilience.chaos.ChaosPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import io.seawall.resilience.retry.Jitter;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.stale.Answer;
import io.seawall.resilience.stale.LastAnswers;
import io.seawall.resilience.stale.StalePolicy;
import io.seawall.resilience.timeout.TimeLimitExceededException;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.resilience.timer.Timer;
import io.seawall.test.CapturedLog;
import io.seawall.test.FakeClock;
import io.seawall.test.OddStage;
import io.seawall.test.Policies;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order, and what comes of it. */
class PipelineTest {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<String> diary = new ArrayList<>();
    private final HandTimer alarms = new HandTimer();
    private final Timer timer = new Timer() {
        @Override
        public void set(Alarm alarm, long delayNanos) {
            diary.add("limit " + TimeUnit.NANOSECONDS.toMillis(delayNanos));
            alarms.set(alarm, delayNanos);
        }

        @Override
        public void unset(Alarm alarm) {
            alarms.unset(alarm);
        }
    };

    private final Attempt<String> failing = call -> {
        diary.add("call");
        throw new IOException();
    };

    private final List<SeawallEvent> events = new ArrayList<>();

    private final Surroundings surroundings = new Surroundings(
            clock,
            InstantSource.fixed(NOON),
            () -> random,
            nanos -> diary.add("wait"),
            timer,
            Runnable::run,
            List.of(),
            events::add);

    private final Targets targets = new Targets(surroundings);

    private static BreakerPolicy breaker(int failures) {
        return Policies.failures(failures, SECOND, SECOND);
    }

    private State state() {
        return targets.find("payments").flatMap(Target::breaker).orElseThrow().state();
    }

    private static RetryPolicy retries(int maxRetries) {
        return Policies.retries(maxRetries, Duration.ofMillis(10), Duration.ofMillis(10), Jitter.NONE);
    }

    private Pipeline.Builder<String> around(Attempt<String> call) {
        return targets.around("payments", call);
    }

    @Test
    void without_any_part_the_call_is_made_as_it_is() throws Exception {
        assertThat(around(call -> call).build().execute("x")).isEqualTo("x");
        assertThatThrownBy(() -> around(failing).build().execute("x")).isInstanceOf(IOException.class);
        assertThat(diary).containsExactly("call");
    }

    @Test
    void each_attempt_counts_for_the_breaker() {
        assertThatThrownBy(() -> around(failing)
                        .retry(retries(2))
                        .breaker(breaker(3))
                        .build()
                        .execute("x"))
                .isInstanceOf(IOException.class);

        assertThat(state()).isEqualTo(State.OPEN);
        assertThat(diary).containsExactly("call", "wait", "call", "wait", "call");
    }

    @Test
    void a_breaker_that_opens_ends_the_retries() {
        assertThatThrownBy(() -> around(failing)
                        .retry(retries(50))
                        .breaker(breaker(3))
                        .build()
                        .execute("x"))
                .isInstanceOf(CircuitOpenException.class);

        assertThat(diary).containsExactly("call", "wait", "call", "wait", "call", "wait");
    }

    @Test
    void an_open_breaker_is_not_retried_but_falls_back() throws Exception {
        Pipeline<String> pipeline = around(failing)
                .retry(retries(5))
                .breaker(breaker(1))
                .fallback((call, failure) -> failure.getClass().getSimpleName() + " of " + call)
                .build();
        pipeline.execute("first");
        diary.clear();

        assertThat(pipeline.execute("x")).isEqualTo("CircuitOpenException of x");

        assertThat(diary).isEmpty();
    }

    @Test
    void the_fallback_answers_after_the_last_retry() throws Exception {
        assertThat(around(failing)
                        .retry(retries(1))
                        .fallback((call, failure) -> {
                            diary.add("fallback");
                            return "other";
                        })
                        .build()
                        .execute("x"))
                .isEqualTo("other");

        assertThat(diary).containsExactly("call", "wait", "call", "fallback");
    }

    @Test
    void a_fallback_that_fails_is_not_retried_and_does_not_count_for_the_breaker() {
        assertThatThrownBy(() -> around(failing)
                        .breaker(breaker(2))
                        .fallback((call, failure) -> {
                            diary.add("fallback");
                            throw new IllegalStateException();
                        })
                        .build()
                        .execute("x"))
                .isInstanceOf(IllegalStateException.class);

        assertThat(diary).containsExactly("call", "fallback");
        assertThat(state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_timeout_counts_for_the_breaker_and_is_retried_with_a_limit_of_its_own() {
        assertThatThrownBy(() -> around(call -> {
                            diary.add("call");
                            alarms.ringAll();
                            return "late";
                        })
                        .timeout(Duration.ofMillis(250))
                        .retry(retries(2))
                        .breaker(breaker(3))
                        .build()
                        .execute("x"))
                .isInstanceOf(TimeLimitExceededException.class)
                .hasMessage("call to 'payments' exceeded its limit of 250ms");

        assertThat(diary)
                .containsExactly("limit 250", "call", "wait", "limit 250", "call", "wait", "limit 250", "call");
        assertThat(state()).isEqualTo(State.OPEN);
        assertThat(alarms.alarms()).isEmpty();
    }

    @Test
    void an_open_breaker_plans_no_timeout() {
        Pipeline<String> pipeline =
                around(failing).timeout(SECOND).breaker(breaker(1)).build();
        assertThatThrownBy(() -> pipeline.execute("x")).isInstanceOf(IOException.class);
        diary.clear();

        assertThatThrownBy(() -> pipeline.execute("x")).isInstanceOf(CircuitOpenException.class);

        assertThat(diary).isEmpty();
    }

    @Test
    void the_order_of_the_builder_calls_does_not_matter() throws Exception {
        Pipeline<String> pipeline = around(failing)
                .fallback((call, failure) -> failure.getClass().getSimpleName())
                .timeout(SECOND)
                .breaker(breaker(2))
                .retry(retries(5))
                .build();

        assertThat(pipeline.execute("x")).isEqualTo("CircuitOpenException");

        assertThat(diary).containsExactly("limit 1000", "call", "wait", "limit 1000", "call", "wait");
    }

    @Test
    void a_policy_of_no_retries_is_no_retry() {
        assertThatThrownBy(() -> around(failing).retry(retries(0)).build().execute("x"))
                .isInstanceOf(IOException.class);

        assertThat(diary).containsExactly("call");
    }

    @Test
    void the_delay_is_drawn_from_the_chance_that_was_given() {
        List<Long> delays = new ArrayList<>();
        SplittableRandom same = new SplittableRandom(7);
        Targets waiting = new Targets(new Surroundings(
                clock,
                InstantSource.system(),
                () -> random,
                delays::add,
                timer,
                Runnable::run,
                List.of(),
                event -> {}));

        assertThatThrownBy(() -> waiting.around("payments", failing)
                        .retry(RetryPolicy.defaults())
                        .build()
                        .execute("x"))
                .isInstanceOf(IOException.class);

        assertThat(delays).containsExactly(same.nextLong(100_000_001), same.nextLong(200_000_001));
    }

    @Test
    void out_of_the_box_it_waits_on_the_system_clock() throws Exception {
        List<String> calls = new ArrayList<>();
        try (Targets own = new Targets()) {
            Pipeline<String> pipeline = own.<String>around("payments", call -> {
                        calls.add(call);
                        if (calls.size() < 3) {
                            throw new IOException();
                        }
                        return "result";
                    })
                    .retry(Policies.retries(2, Duration.ofMillis(1), Duration.ofMillis(1), Jitter.FULL))
                    .build();

            assertThat(pipeline.execute("x")).isEqualTo("result");
        }
        assertThat(calls).hasSize(3);
    }

    @Test
    void a_limit_out_of_its_range_is_refused_where_it_is_given() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> around(failing).timeout(Duration.ZERO))
                .withMessage("timeout is 0ms: use 1ms to 1h");
    }

    @Test
    void every_attempt_is_in_a_scope_of_its_own_around_its_limit_and_inside_the_breaker() {
        assertThatThrownBy(() -> around(failing)
                        .retry(retries(5))
                        .breaker(breaker(2))
                        .timeout(SECOND)
                        .attemptScope(attempt -> (call, deadline) -> {
                            diary.add("begin");
                            try {
                                return attempt.execute(call, deadline);
                            } finally {
                                diary.add("end");
                            }
                        })
                        .build()
                        .execute("x"))
                .isInstanceOf(CircuitOpenException.class);

        assertThat(diary)
                .containsExactly(
                        "begin", "limit 1000", "call", "end", "wait", "begin", "limit 1000", "call", "end", "wait");
    }

    @Test
    void a_failure_that_may_not_be_recovered_from_is_neither_retried_nor_answered() {
        assertThatThrownBy(() -> around(failing)
                        .retry(retries(5))
                        .fallback((call, failure) -> "other")
                        .recoverIf(call -> !call.equals("x"))
                        .build()
                        .execute("x"))
                .isInstanceOf(IOException.class);

        assertThat(diary).containsExactly("call");
    }

    @Test
    void what_forbids_another_attempt_alone_leaves_the_other_answer() throws Exception {
        assertThat(around(failing)
                        .retry(retries(5))
                        .retryIf(call -> false)
                        .fallback((call, failure) -> "other")
                        .build()
                        .execute("x"))
                .isEqualTo("other");

        assertThat(diary).containsExactly("call");
    }

    @Test
    void every_part_has_its_place() {
        ChaosPolicy some = new ChaosPolicy(Duration.ZERO, 0, 10);
        Pipeline.Builder<String> all = around(failing)
                .chaos(some)
                .bulkhead(new BulkheadPolicy(10, Duration.ZERO))
                .timeout(SECOND)
                .attemptScope(attempt -> attempt)
                .breaker(breaker(3))
                .retry(retries(2))
                .deadline(SECOND)
                .stale(new StalePolicy(SECOND, 10, null), new NoAnswers(), call -> call)
                .fallback((call, failure) -> "other");
        all.build();
        Target target = targets.find("payments").orElseThrow();
        Shared shared = new Shared(
                target.breaker().orElseThrow(),
                target.budget().orElseThrow(),
                target.bulkhead().orElseThrow(),
                new Chaos("payments", some, ThreadLocalRandom::current, System::nanoTime));

        assertThat(all.layers(shared, new TargetCounts(surroundings)))
                .extracting(layer -> layer.getClass().getSimpleName())
                .containsExactly(
                        "CountingLayer",
                        "FallbackLayer",
                        "StaleLayer",
                        "DeadlineLayer",
                        "RetryLayer",
                        "CircuitBreakerLayer",
                        "MeasuringLayer",
                        "ScopeLayer",
                        "AttemptTimeoutLayer",
                        "BulkheadLayer",
                        "ChaosLayer");
    }

    private static final class NoAnswers implements LastAnswers {

        @Override
        public @Nullable Answer find(Object key) {
            return null;
        }

        @Override
        public void keep(Object key, Answer answer) {}
    }

    @Test
    void the_deadline_begins_with_the_call() throws Exception {
        List<Deadline> seen = new ArrayList<>();
        Pipeline<String> limited = around(call -> call)
                .deadline(SECOND)
                .attemptScope(attempt -> (call, deadline) -> {
                    seen.add(deadline);
                    return attempt.execute(call, deadline);
                })
                .build();

        limited.execute("x");

        assertThat(seen)
                .singleElement()
                .satisfies(deadline -> assertThat(deadline.leftNanos()).isEqualTo(SECOND.toNanos()));
    }

    @Test
    void a_wait_for_a_place_must_be_over_before_the_limit_of_the_attempt() {
        Pipeline.Builder<String> contradiction =
                around(failing).timeout(SECOND).bulkhead(new BulkheadPolicy(1, SECOND));

        assertThatIllegalArgumentException()
                .isThrownBy(contradiction::build)
                .withMessage("maxWait is 1s: use less than timeout, which is 1s");
        assertThat(targets.find("payments").flatMap(Target::bulkhead)).isEmpty();
    }

    @Test
    void a_call_whose_result_comes_later_comes_to_what_its_stage_comes_to() {
        CompletableFuture<String> later = new CompletableFuture<>();
        CompletionStage<@Nullable Object> started =
                around(call -> later).build().start("x");

        later.complete("result");

        assertThat(started.toCompletableFuture()).isCompletedWithValue("result");
    }

    @Test
    void what_the_start_of_a_call_throws_is_what_it_comes_to() {
        IOException failure = new IOException();
        CompletionStage<?> started = around(call -> {
                    throw failure;
                })
                .build()
                .start("x");

        assertThat(started.toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isSameAs(failure);
    }

    @Test
    void a_call_that_returns_no_stage_has_failed_with_words_about_it() {
        for (Object result : Arrays.asList("at once", null)) {
            CompletionStage<?> started = around(call -> result).build().start("x");

            assertThat(started.toCompletableFuture())
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingCause()
                    .withMessage("a call to 'payments' whose result was to come later has returned "
                            + (result == null ? "null" : "java.lang.String") + " instead of a CompletionStage");
        }
    }

    @Test
    void a_stage_of_somebody_else_s_making_costs_no_permit_and_ends_the_call() {
        IllegalStateException odd = new IllegalStateException("nobody may listen");
        List<CompletionStage<?>> stages = List.of(new OddStage(odd), new OddStage(), new CompletableFuture<>());
        Iterator<CompletionStage<?>> next = stages.iterator();
        Pipeline<String> pipeline = around(call -> next.next())
                .retry(retries(1))
                .bulkhead(new BulkheadPolicy(1, Duration.ZERO))
                .build();

        CompletionStage<@Nullable Object> started = pipeline.start("x");
        alarms.ringAll();
        assertThat(started.toCompletableFuture()).isCompletedWithValue("result");

        assertThat(pipeline.start("x").toCompletableFuture()).isNotDone();
        assertThat(targets.find("payments")
                        .flatMap(Target::bulkhead)
                        .orElseThrow()
                        .inUse())
                .isOne();
    }

    @Test
    void whoever_cancels_a_result_that_comes_later_gets_no_other_attempt_and_no_other_answer() {
        List<CompletionStage<?>> attempts = new ArrayList<>();
        CompletionStage<@Nullable Object> started = around(call -> {
                    CompletionStage<?> attempt = CompletableFuture.failedFuture(new IOException());
                    attempts.add(attempt);
                    return attempt;
                })
                .retry(retries(5))
                .stale(new StalePolicy(SECOND, 1, null), new NoAnswers(), call -> call)
                .fallback((call, failure) -> diary.add("fallback"))
                .build()
                .start("x");
        assertThat(alarms.alarms()).as("it waits").hasSize(1);

        started.toCompletableFuture().cancel(true);

        assertThat(alarms.alarms()).isEmpty();
        assertThat(attempts).hasSize(1);
        assertThat(diary).doesNotContain("fallback");
    }

    @Test
    void whoever_cancels_a_result_leaves_the_call_itself_and_its_permit_alone() {
        CompletableFuture<Object> call = new CompletableFuture<>();
        CompletionStage<@Nullable Object> started = around(asked -> call)
                .bulkhead(new BulkheadPolicy(1, Duration.ZERO))
                .fallback((asked, failure) -> diary.add("fallback"))
                .build()
                .start("x");

        started.toCompletableFuture().cancel(true);

        assertThat(call).isNotDone();
        Bulkhead bulkhead = targets.find("payments").flatMap(Target::bulkhead).orElseThrow();
        assertThat(bulkhead.inUse()).isOne();
        call.completeExceptionally(new IOException());
        assertThat(bulkhead.inUse()).isZero();
        assertThat(diary).isEmpty();
    }

    @Test
    void a_start_never_throws() {
        StackOverflowError broken = new StackOverflowError();
        CompletionStage<?> byKey = around(call -> new CompletableFuture<>())
                .stale(new StalePolicy(SECOND, 1, SECOND), new NoAnswers(), call -> {
                    throw broken;
                })
                .build()
                .start("x");
        CompletionStage<?> byPredicate = around(call -> new CompletableFuture<>())
                .fallback((call, failure) -> "other")
                .recoverIf(call -> {
                    throw broken;
                })
                .build()
                .start("x");

        assertThat(byKey.toCompletableFuture()).isCompletedExceptionally();
        assertThat(byPredicate.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void a_listener_that_fails_takes_no_call_with_it() throws Exception {
        try (CapturedLog words = new CapturedLog(Target.class)) {
            Targets deaf = new Targets(new Surroundings(
                    clock,
                    InstantSource.system(),
                    () -> random,
                    nanos -> {},
                    timer,
                    Runnable::run,
                    List.of(),
                    event -> {
                        throw new IllegalStateException("deaf");
                    }));
            Pipeline<String> pipeline = deaf.<String>around("payments", call -> {
                        throw new IOException(call);
                    })
                    .breaker(breaker(1))
                    .build();
            assertThatThrownBy(() -> pipeline.execute("sync")).hasMessage("sync");
            clock.advance(Duration.ofSeconds(2));
            assertThat(pipeline.start("async").toCompletableFuture()).isCompletedExceptionally();
            assertThat(words.lines()).contains("WARNING who listens to target 'payments' has failed");
        }
    }

    @Test
    void who_listens_hears_of_the_circuit() {
        Pipeline<String> pipeline = around(failing).breaker(breaker(1)).build();
        assertThatThrownBy(() -> pipeline.execute("x")).isInstanceOf(IOException.class);

        assertThat(events).singleElement().isInstanceOfSatisfying(CircuitEvent.class, opened -> {
            assertThat(opened.at()).isEqualTo(NOON);
            assertThat(opened.target()).isEqualTo("payments");
            assertThat(opened.from()).isEqualTo(CircuitEvent.State.CLOSED);
            assertThat(opened.to()).isEqualTo(CircuitEvent.State.OPEN);
            assertThat(opened.words()).startsWith("circuit 'payments' is open after 1 failure within 1s: ");
        });
    }
}
