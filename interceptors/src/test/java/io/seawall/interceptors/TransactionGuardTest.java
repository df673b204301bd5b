package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.interceptors.transaction.CurrentTransaction.State;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.Backoff;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.test.CapturedLog;
import io.seawall.test.FakeClock;
import io.seawall.test.Policies;
import io.seawall.test.TestSurroundings;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a call is retried or answered by its fallback, by the transaction that it is in. */
class TransactionGuardTest {

    private final CapturedLog log = new CapturedLog(TransactionGuard.class);
    private static final BreakerPolicy BREAKER = Policies.failures(1, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Targets targets = new Targets(TestSurroundings.of(new FakeClock(), nanos -> {}));
    private State transaction = State.NONE;

    @AfterEach
    void endCapture() {
        log.close();
    }

    private Pipeline.Builder<InvocationContext> pipeline(TransactionMode mode) {
        TransactionGuard guard = new TransactionGuard("Orders.place", mode, () -> transaction, false);
        return targets.<InvocationContext>around("orders", InvocationContext::proceed)
                .retry(RetryPolicy.defaults())
                .attemptScope(guard::marking)
                .recoverIf(guard);
    }

    @ParameterizedTest
    @EnumSource
    void outside_of_a_transaction_every_mode_retries_and_falls_back(TransactionMode mode) throws Exception {
        assertThat(pipeline(mode).build().execute(new Call(new IOException(), new IOException())))
                .isEqualTo("result");
        assertThat(pipeline(mode)
                        .fallback((call, failure) -> "other")
                        .build()
                        .execute(new Call(new IOException(), new IOException(), new IOException())))
                .isEqualTo("other");
    }

    @Test
    void inside_a_transaction_a_failed_attempt_is_final() {
        transaction = State.ACTIVE;
        IOException failure = new IOException();
        Call call = new Call(failure);

        assertThatThrownBy(() -> pipeline(TransactionMode.NO_RETRY)
                        .fallback((failed, why) -> "other")
                        .build()
                        .execute(call))
                .isSameAs(failure);

        assertThat(call.attempts).isEqualTo(1);
    }

    @Test
    void inside_a_transaction_a_call_that_was_refused_before_it_began_is_answered_by_the_fallback() throws Exception {
        openCircuit();
        transaction = State.ACTIVE;
        Call call = new Call();

        assertThat(pipeline(TransactionMode.NO_RETRY)
                        .breaker(BREAKER)
                        .fallback((failed, why) -> "other")
                        .build()
                        .execute(call))
                .isEqualTo("other");

        assertThat(call.attempts).isZero();
    }

    @Test
    void inside_a_transaction_an_attempt_is_begun_also_if_another_target_refused_what_it_called() {
        transaction = State.ACTIVE;
        CircuitOpenException further = refusal();

        assertThatThrownBy(() -> pipeline(TransactionMode.NO_RETRY)
                        .fallback((failed, why) -> "other")
                        .build()
                        .execute(new Call(further)))
                .isSameAs(further);
    }

    @ParameterizedTest
    @EnumSource(names = {"SHARED", "PER_ATTEMPT"})
    void inside_a_transaction_the_other_modes_retry_and_fall_back(TransactionMode mode) throws Exception {
        transaction = State.ACTIVE;

        assertThat(pipeline(mode).build().execute(new Call(new IOException(), new IOException())))
                .isEqualTo("result");
        assertThat(pipeline(mode)
                        .fallback((call, failure) -> "other")
                        .build()
                        .execute(new Call(new IOException(), new IOException(), new IOException())))
                .isEqualTo("other");
    }

    @ParameterizedTest
    @EnumSource
    void inside_a_transaction_marked_for_rollback_nothing_follows_a_failure(TransactionMode mode) {
        transaction = State.DOOMED;
        IOException failure = new IOException();
        Call call = new Call(failure);

        assertThatThrownBy(() -> pipeline(mode)
                        .fallback((failed, why) -> "other")
                        .build()
                        .execute(call))
                .isSameAs(failure);

        assertThat(call.attempts).isEqualTo(1);
    }

    @Test
    void that_a_method_is_not_retried_inside_a_transaction_is_said_once_with_what_to_do() {
        transaction = State.ACTIVE;
        Pipeline<InvocationContext> pipeline =
                pipeline(TransactionMode.NO_RETRY).build();

        assertThatThrownBy(() -> pipeline.execute(new Call(new IOException()))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> pipeline.execute(new Call(new IOException()))).isInstanceOf(IOException.class);

        assertThat(log.lines()).singleElement().asString().contains("Orders.place", "PER_ATTEMPT", "SHARED");
    }

    @Test
    void inside_a_transaction_a_result_that_is_not_good_enough_is_final() throws Exception {
        transaction = State.ACTIVE;
        TransactionGuard guard =
                new TransactionGuard("Orders.place", TransactionMode.NO_RETRY, () -> transaction, false);
        Call call = new Call();

        assertThat(targets.<InvocationContext>around("orders", InvocationContext::proceed)
                        .retry(new RetryPolicy(2, Backoff.defaults(), List.of(), List.of(), result -> true))
                        .attemptScope(guard::markingAll)
                        .recoverIf(guard)
                        .build()
                        .execute(call))
                .isEqualTo("result");

        assertThat(call.attempts).isEqualTo(1);
    }

    @Test
    void before_a_call_whose_result_comes_later_the_transaction_of_its_thread_decides() {
        assertThat(beforehand(TransactionMode.NO_RETRY)).isTrue();
        transaction = State.ACTIVE;
        assertThat(beforehand(TransactionMode.NO_RETRY)).isFalse();
        assertThat(beforehand(TransactionMode.SHARED)).isTrue();
        transaction = State.DOOMED;
        assertThat(beforehand(TransactionMode.SHARED)).isFalse();
        assertThat(log.lines()).singleElement().asString().contains("Orders.place", "neither retried");
    }

    private boolean beforehand(TransactionMode mode) {
        return new TransactionGuard("Orders.place", mode, () -> transaction, false).beforehand(new Call());
    }

    private void openCircuit() {
        Pipeline<InvocationContext> failing = targets.<InvocationContext>around("orders", InvocationContext::proceed)
                .breaker(BREAKER)
                .build();
        assertThatThrownBy(() -> failing.execute(new Call(new IOException()))).isInstanceOf(IOException.class);
    }

    private CircuitOpenException refusal() {
        openCircuit();
        Pipeline<InvocationContext> refusing = targets.<InvocationContext>around("orders", InvocationContext::proceed)
                .breaker(BREAKER)
                .build();
        try {
            refusing.execute(new Call());
        } catch (CircuitOpenException refusal) {
            return refusal;
        } catch (Exception other) {
            throw new AssertionError(other);
        }
        throw new AssertionError("the circuit is closed");
    }
}
