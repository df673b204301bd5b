package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.Attempt;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import io.seawall.resilience.retry.Jitter;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.timeout.TimeLimitExceededException;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.resilience.timer.Timer;
import io.seawall.test.CapturedLog;
import io.seawall.test.FakeClock;
import io.seawall.test.Policies;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order: {@code Fallback( Retry( CircuitBreaker( Scope( AttemptTimeout( call )))))}. */
class PipelineTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final CapturedLog log = new CapturedLog(CircuitBreaker.class);
    private final FakeClock clock = new FakeClock();
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

    @AfterEach
    void endCapture() {
        log.close();
    }

    private CircuitBreaker breaker(int failures) {
        return new CircuitBreaker(
                "payments",
                Policies.failures(failures, SECOND, SECOND),
                clock,
                () -> new SplittableRandom(1),
                state -> {});
    }

    private static RetryPolicy retries(int maxRetries) {
        return Policies.retries(maxRetries, Duration.ofMillis(10), Duration.ofMillis(10), Jitter.NONE);
    }

    private Pipeline.Builder<String> around(Attempt<String> call) {
        return Pipeline.around("payments", call).sleeper(nanos -> diary.add("wait"));
    }

    @Test
    void without_any_part_the_call_is_made_as_it_is() throws Exception {
        assertThat(around(call -> call).build().execute("x")).isEqualTo("x");
        assertThatThrownBy(() -> around(failing).build().execute("x")).isInstanceOf(IOException.class);
        assertThat(diary).containsExactly("call");
    }

    @Test
    void each_attempt_counts_for_the_breaker() {
        CircuitBreaker breaker = breaker(3);

        assertThatThrownBy(() -> around(failing)
                        .retry(retries(2))
                        .breaker(breaker)
                        .build()
                        .execute("x"))
                .isInstanceOf(IOException.class);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
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
        CircuitBreaker breaker = breaker(1);
        Pipeline<String> pipeline = around(failing)
                .retry(retries(5))
                .breaker(breaker)
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
        CircuitBreaker breaker = breaker(2);

        assertThatThrownBy(() -> around(failing)
                        .breaker(breaker)
                        .fallback((call, failure) -> {
                            diary.add("fallback");
                            throw new IllegalStateException();
                        })
                        .build()
                        .execute("x"))
                .isInstanceOf(IllegalStateException.class);

        assertThat(diary).containsExactly("call", "fallback");
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_timeout_counts_for_the_breaker_and_is_retried_with_a_limit_of_its_own() {
        CircuitBreaker breaker = breaker(3);

        assertThatThrownBy(() -> around(call -> {
                            diary.add("call");
                            alarms.ringAll();
                            return "late";
                        })
                        .attemptTimeout(Duration.ofMillis(250), timer)
                        .retry(retries(2))
                        .breaker(breaker)
                        .build()
                        .execute("x"))
                .isInstanceOf(TimeLimitExceededException.class)
                .hasMessage("call to 'payments' exceeded its limit of 250ms");

        assertThat(diary)
                .containsExactly("limit 250", "call", "wait", "limit 250", "call", "wait", "limit 250", "call");
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(alarms.alarms()).isEmpty();
    }

    @Test
    void an_open_breaker_plans_no_timeout() {
        CircuitBreaker breaker = breaker(1);
        Pipeline<String> pipeline =
                around(failing).attemptTimeout(SECOND, timer).breaker(breaker).build();
        assertThatThrownBy(() -> pipeline.execute("x")).isInstanceOf(IOException.class);
        diary.clear();

        assertThatThrownBy(() -> pipeline.execute("x")).isInstanceOf(CircuitOpenException.class);

        assertThat(diary).isEmpty();
    }

    @Test
    void the_order_of_the_builder_calls_does_not_matter() throws Exception {
        Pipeline<String> pipeline = around(failing)
                .fallback((call, failure) -> failure.getClass().getSimpleName())
                .attemptTimeout(SECOND, timer)
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
        SplittableRandom given = new SplittableRandom(7);
        SplittableRandom same = new SplittableRandom(7);

        assertThatThrownBy(() -> Pipeline.around("payments", failing)
                        .retry(RetryPolicy.defaults())
                        .random(() -> given)
                        .sleeper(delays::add)
                        .build()
                        .execute("x"))
                .isInstanceOf(IOException.class);

        assertThat(delays).containsExactly(same.nextLong(100_000_001), same.nextLong(200_000_001));
    }

    @Test
    void out_of_the_box_it_waits_on_the_system_clock() throws Exception {
        List<String> calls = new ArrayList<>();
        Pipeline<String> pipeline = Pipeline.<String>around("payments", call -> {
                    calls.add(call);
                    if (calls.size() < 3) {
                        throw new IOException();
                    }
                    return "result";
                })
                .retry(Policies.retries(2, Duration.ofMillis(1), Duration.ofMillis(1), Jitter.FULL))
                .build();

        assertThat(pipeline.execute("x")).isEqualTo("result");
        assertThat(calls).hasSize(3);
    }

    @Test
    void a_limit_out_of_its_range_is_refused_where_it_is_given() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> around(failing).attemptTimeout(Duration.ZERO, timer))
                .withMessage("timeout is 0ms: use 1ms to 1h");
    }

    @Test
    void every_attempt_is_in_a_scope_of_its_own_around_its_limit_and_inside_the_breaker() {
        assertThatThrownBy(() -> around(failing)
                        .retry(retries(5))
                        .breaker(breaker(2))
                        .attemptTimeout(SECOND, timer)
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
}
