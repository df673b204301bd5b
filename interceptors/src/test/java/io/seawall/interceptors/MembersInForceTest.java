package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.bulkhead.BulkheadFullException;
import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import io.seawall.resilience.retry.Growth;
import io.seawall.resilience.retry.Jitter;
import io.seawall.resilience.timeout.TimeLimitExceededException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Each member does what its description says, from the annotation to the call. */
class MembersInForceTest {

    @ApplicationScoped
    static class Calls {

        private final List<String> made = new ArrayList<>();

        List<String> made() {
            return made;
        }

        private void fail() {
            made.add("call");
            throw new IllegalStateException("failure " + made.size());
        }

        @Resilient(
                deadline = "1s",
                retry = @Retry(backoff = "1h", maxBackoff = "1h", growth = Growth.FIXED, jitter = Jitter.NONE))
        void withDeadline() {
            fail();
        }

        @Resilient(
                retry =
                        @Retry(
                                maxRetries = 100,
                                backoff = "1ms",
                                jitter = Jitter.NONE,
                                growth = Growth.FIXED,
                                budget = "1/s"),
                breaker = @Breaker(failures = 0))
        void withinABudget() {
            fail();
        }

        @Resilient(
                retry =
                        @Retry(
                                maxRetries = 100,
                                backoff = "1ms",
                                jitter = Jitter.NONE,
                                growth = Growth.FIXED,
                                budget = "none"),
                breaker = @Breaker(failures = 0))
        void withoutABudget() {
            fail();
        }

        @Resilient(
                retry = @Retry(maxRetries = 0),
                breaker = @Breaker(failures = 0, failurePercent = 50, minCalls = 4, lastCalls = 4))
        void judgedByRate() {
            fail();
        }

        @Resilient(
                retry = @Retry(maxRetries = 0),
                breaker = @Breaker(failures = 2, ignore = IllegalStateException.class))
        void ignored() {
            fail();
        }

        @Resilient(breaker = @Breaker(failures = 2))
        void blamesTheCaller() {
            made.add("call");
            throw new IllegalArgumentException("your fault");
        }

        @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0), bulkhead = @Bulkhead(max = 1))
        void onePlace(Runnable inside) {
            made.add("call");
            inside.run();
        }

        @Resilient(timeout = "1ms", interrupt = false, retry = @Retry(maxRetries = 0))
        String notInterrupted() {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < 5_000_000) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new AssertionError("it was interrupted");
                }
            }
            return "late";
        }

        @Replacing
        @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
        void one(String parameter) {
            made.add(parameter);
            throw new IllegalStateException("down");
        }

        @Replacing
        @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
        void two(String first, String second) {
            made.add(first + second);
            throw new IllegalStateException("down");
        }
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Replacing {}

    /** Further inside than ours. */
    @Replacing
    @Interceptor
    @Priority(Interceptor.Priority.LIBRARY_AFTER)
    static class Replacer {

        @AroundInvoke
        Object replace(InvocationContext call) throws Exception {
            Object[] parameters = call.getParameters();
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = parameters[i] + "!";
            }
            call.setParameters(parameters);
            return call.proceed();
        }
    }

    @Dependent
    static class Contradiction {

        @Resilient(breaker = @Breaker(slowPercent = 50))
        void call() {}
    }

    @Test
    void a_retry_that_the_deadline_leaves_no_time_for_is_not_waited_for() {
        try (SeContainer container = Containers.start(Calls.class)) {
            Calls calls = container.select(Calls.class).get();
            assertThatThrownBy(calls::withDeadline).hasMessage("failure 1");
        }
    }

    @Test
    void retries_beyond_the_budget_are_not_made() {
        try (SeContainer container = Containers.start(Calls.class)) {
            Calls calls = container.select(Calls.class).get();
            assertThatThrownBy(calls::withinABudget).hasMessage("failure 11");
            assertThatThrownBy(calls::withinABudget).as("nothing is left").hasMessage("failure 12");
        }
    }

    @Test
    void without_a_budget_all_retries_are_made() {
        try (SeContainer container = Containers.start(Calls.class)) {
            Calls calls = container.select(Calls.class).get();
            assertThatThrownBy(calls::withoutABudget).hasMessage("failure 101");
        }
    }

    @Test
    void too_large_a_part_of_failures_opens_the_circuit() {
        try (SeContainer container = Containers.start(Calls.class)) {
            Calls calls = container.select(Calls.class).get();
            for (int i = 1; i <= 4; i++) {
                assertThatThrownBy(calls::judgedByRate).hasMessage("failure " + i);
            }
            assertThatThrownBy(calls::judgedByRate).isInstanceOf(CircuitOpenException.class);
        }
    }

    @Test
    void what_is_ignored_never_opens_the_circuit() {
        try (SeContainer container = Containers.start(Calls.class)) {
            Calls calls = container.select(Calls.class).get();
            for (int i = 1; i <= 10; i++) {
                assertThatThrownBy(calls::ignored).hasMessage("failure " + i);
            }
        }
    }

    @Test
    void what_blames_the_caller_is_not_retried_and_never_opens_the_circuit() {
        try (SeContainer container = Containers.start(Calls.class)) {
            Calls calls = container.select(Calls.class).get();
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(calls::blamesTheCaller).hasMessage("your fault");
            }
            assertThat(calls.made()).hasSize(10);
        }
    }

    @Test
    void a_call_that_finds_no_place_is_refused_and_its_place_is_free_afterwards() {
        try (SeContainer container = Containers.start(Calls.class)) {
            Calls calls = container.select(Calls.class).get();
            // On another thread: what a bean calls of itself is not intercepted.
            calls.onePlace(() -> assertThat(CompletableFuture.runAsync(() -> calls.onePlace(() -> {})))
                    .failsWithin(Duration.ofMinutes(1))
                    .withThrowableThat()
                    .withCauseInstanceOf(BulkheadFullException.class));
            calls.onePlace(() -> {});
            assertThat(calls.made()).hasSize(2);
        }
    }

    @Test
    void what_must_not_be_interrupted_is_late_when_it_ends() {
        try (SeContainer container = Containers.start(Calls.class)) {
            Calls calls = container.select(Calls.class).get();
            assertThatThrownBy(calls::notInterrupted).isInstanceOf(TimeLimitExceededException.class);
        }
    }

    @Test
    void each_attempt_begins_with_the_parameters_as_they_came() {
        try (SeContainer container = Containers.start(Calls.class, Replacer.class)) {
            Calls calls = container.select(Calls.class).get();
            assertThatThrownBy(() -> calls.one("a")).hasMessage("down");
            assertThatThrownBy(() -> calls.two("b", "c")).hasMessage("down");
            assertThat(calls.made()).containsExactly("a!", "a!", "b!c!", "b!c!");
        }
    }

    @Dependent
    static class CallsToJudgeNothing {

        @Resilient(breaker = @Breaker(lastCalls = 10))
        void call() {}
    }

    @Dependent
    static class FewCallsToJudgeNothing {

        @Resilient(target = "few", breaker = @Breaker(failures = 0, minCalls = 5))
        void call() {}
    }

    @Dependent
    static class JudgedInVain {

        @Resilient(target = "judged", breaker = @Breaker(failurePercent = 50, lastCalls = 10, minCalls = 5))
        void call() {}
    }

    @Test
    void calls_to_judge_without_a_part_of_them_stop_the_deployment() {
        assertThatThrownBy(() -> Containers.start(CallsToJudgeNothing.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("'breaker'", "lastCalls is 10", "failurePercent or slowPercent");
        assertThatThrownBy(() -> Containers.start(FewCallsToJudgeNothing.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("'breaker'", "minCalls is 5", "failurePercent or slowPercent");
    }

    @Test
    void a_part_of_calls_is_switched_off_from_outside_by_its_percentage_alone() {
        System.setProperty("seawall.judged.breaker.failurePercent", "0");
        try (SeContainer container = Containers.start(JudgedInVain.class)) {
            assertThat(container.isRunning()).isTrue();
        } finally {
            System.clearProperty("seawall.judged.breaker.failurePercent");
        }
    }

    @Test
    void members_that_contradict_each_other_stop_the_deployment() {
        assertThatThrownBy(() -> Containers.start(Contradiction.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("'breaker'", "slowPercent is 50", "slowerThan");
    }
}
