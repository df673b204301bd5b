package io.seawall.resilience.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AsyncCircuitBreakerTest {

    private final Circuits circuits = new Circuits();
    private final CircuitBreaker circuit = circuits.of(Circuits.probes(1));
    private final AtomicInteger calls = new AtomicInteger();
    private final AsyncStrategy<CompletionStage<@Nullable Object>> strategy = new CircuitBreakerLayer<
                    CompletionStage<@Nullable Object>>(circuit)
            .aroundAsync((call, deadline) -> {
                calls.incrementAndGet();
                return call;
            });

    private CompletionStage<@Nullable Object> start(CompletionStage<@Nullable Object> call) {
        return strategy.start(call, Deadline.NONE);
    }

    private static @Nullable Throwable failureOf(CompletionStage<@Nullable Object> stage) {
        AtomicReference<@Nullable Throwable> seen = new AtomicReference<>();
        stage.whenComplete((result, failure) -> seen.set(failure));
        return seen.get();
    }

    @Test
    void a_result_is_handed_on_when_it_comes() {
        CompletableFuture<@Nullable Object> call = new CompletableFuture<>();
        CompletionStage<@Nullable Object> stage = start(call);
        assertThat(stage.toCompletableFuture()).isNotDone();

        call.complete("result");

        assertThat(stage.toCompletableFuture()).isCompletedWithValue("result");
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_failure_counts_when_it_comes_and_is_handed_on_as_it_is() {
        CompletableFuture<@Nullable Object> call = new CompletableFuture<>();
        CompletionStage<@Nullable Object> stage = start(call);
        IOException failure = new IOException();
        assertThat(circuit.state()).isEqualTo(State.CLOSED);

        call.completeExceptionally(failure);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(failureOf(stage)).isSameAs(failure);
    }

    @Test
    void the_circuit_hears_of_it_before_anyone_else() {
        CompletableFuture<@Nullable Object> call = new CompletableFuture<>();
        AtomicReference<@Nullable State> seen = new AtomicReference<>();
        start(call).whenComplete((result, failure) -> seen.set(circuit.state()));

        call.completeExceptionally(new IOException());

        assertThat(seen).hasValue(State.OPEN);
    }

    @Test
    void a_refusal_is_a_stage_that_has_failed_and_nothing_was_called() {
        start(CompletableFuture.failedFuture(new IOException()));

        CompletionStage<@Nullable Object> refused = start(CompletableFuture.completedFuture("x"));

        assertThat(failureOf(refused)).isInstanceOf(CircuitOpenException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void what_says_nothing_about_the_target_says_nothing_in_the_wrapper_of_a_stage_either() {
        start(CompletableFuture.failedFuture(new CompletionException(new IllegalArgumentException())));
        start(CompletableFuture.failedFuture(new CompletionException(new Target.Refused(false))));

        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_late_result_says_nothing() {
        CompletableFuture<@Nullable Object> late = new CompletableFuture<>();
        start(late);
        start(CompletableFuture.failedFuture(new IOException()));
        circuits.clock.advance(Target.wait(circuit));
        start(CompletableFuture.completedFuture("trial"));
        assertThat(circuit.state()).isEqualTo(State.CLOSED);

        late.completeExceptionally(new IOException());

        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void both_kinds_of_calls_share_one_circuit() {
        start(CompletableFuture.failedFuture(new IOException()));

        assertThat(new Target(circuit).succeed()).isEqualTo(Target.Outcome.REFUSED);
    }

    @Test
    void a_call_that_takes_too_long_is_slow_though_its_start_took_no_time() {
        CircuitBreaker slow = circuits.of(Circuits.rates(new RateRule(0, 100, Circuits.SECOND, 1, new Over.Calls(1))));
        CompletableFuture<@Nullable Object> call = new CompletableFuture<>();
        CompletionStage<@Nullable Object> stage = new CircuitBreakerLayer<String>(slow)
                .aroundAsync((ignored, deadline) -> call)
                .start("", Deadline.NONE);
        circuits.clock.advance(Circuits.SECOND.plus(Circuits.NANO));

        call.complete("late");

        assertThat(slow.state()).isEqualTo(State.OPEN);
        assertThat(stage.toCompletableFuture()).isCompletedWithValue("late");
    }
}
