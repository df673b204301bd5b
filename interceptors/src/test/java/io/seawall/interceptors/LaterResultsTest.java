package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.bulkhead.BulkheadFullException;
import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import io.seawall.resilience.retry.Growth;
import io.seawall.resilience.retry.Jitter;
import io.seawall.resilience.timeout.TimeLimitExceededException;
import io.seawall.test.CapturedLog;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Methods that return a {@code CompletionStage}: guarded until it has its result, on Weld. */
class LaterResultsTest {

    /** Whatever they come to, they come to it when the test says so. */
    @ApplicationScoped
    static class Later {

        private final List<Thread> threads = new CopyOnWriteArrayList<>();
        private final List<String> made = new CopyOnWriteArrayList<>();

        List<Thread> threads() {
            return threads;
        }

        List<String> made() {
            return made;
        }

        private CompletableFuture<String> attempt(String parameter, int failures) {
            threads.add(Thread.currentThread());
            made.add(parameter);
            return made.size() <= failures
                    ? CompletableFuture.failedFuture(new IOException("failure " + made.size()))
                    : CompletableFuture.completedFuture(parameter + made.size());
        }

        @Noting
        @Resilient(retry = @Retry(backoff = "1ms"))
        CompletionStage<String> fails(int times, String parameter) {
            return attempt(parameter, times);
        }

        @Resilient(retry = @Retry(backoff = "1ms"))
        CompletableFuture<String> failsAsAFuture(int times) {
            return attempt("", times);
        }

        @Resilient(retry = @Retry(backoff = "1ms"))
        CompletionStage<String> throwsFirst() throws IOException {
            if (attempt("thrown", 1).isCompletedExceptionally()) {
                throw new IOException("thrown");
            }
            return CompletableFuture.completedFuture("come");
        }

        @Resilient(retry = @Retry(backoff = "1ms"))
        @Nullable
        CompletionStage<String> returnsNull() {
            made.add("null");
            return null;
        }

        @Resilient(retry = @Retry(backoff = "1h", maxBackoff = "1h", growth = Growth.FIXED, jitter = Jitter.NONE))
        CompletionStage<String> comesBackMuchLater() {
            return attempt("", 1);
        }

        @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 1))
        CompletionStage<String> breaks(CompletionStage<String> result) {
            return result;
        }

        @Resilient(retry = @Retry(maxRetries = 0), timeout = "10ms")
        CompletionStage<String> never() {
            return new CompletableFuture<>();
        }

        @Resilient(retry = @Retry(maxRetries = 0), bulkhead = @Bulkhead(max = 1))
        CompletionStage<String> onePlace(CompletionStage<String> result) {
            return result;
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "instead")
        CompletableFuture<String> withFallback(CompletionStage<String> result) {
            return result.toCompletableFuture();
        }

        CompletableFuture<String> instead(CompletionStage<String> result, IOException failure) {
            return CompletableFuture.completedFuture("instead of " + failure.getMessage());
        }
    }

    abstract static class Client<R> {
        @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
        abstract R ask();
    }

    @ApplicationScoped
    static class GenericClient extends Client<CompletionStage<String>> {
        private final List<String> made = new CopyOnWriteArrayList<>();

        @Override
        @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
        CompletionStage<String> ask() {
            made.add("ask");
            return made.size() == 1
                    ? CompletableFuture.failedFuture(new IOException())
                    : CompletableFuture.completedFuture("asked twice");
        }
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Noting {}

    /** Further inside than ours; changes the parameter. */
    @Noting
    @Interceptor
    @Priority(Interceptor.Priority.LIBRARY_AFTER)
    static class Noter {

        @AroundInvoke
        Object note(InvocationContext call) throws Exception {
            Object[] parameters = call.getParameters();
            parameters[1] = parameters[1] + "!";
            call.setParameters(parameters);
            return call.proceed();
        }
    }

    private SeContainer container;
    private Later later;

    @BeforeEach
    void start() {
        container = Containers.start(Later.class, Noter.class);
        later = container.select(Later.class).get();
    }

    @AfterEach
    void stop() {
        container.close();
    }

    private static <T> T resultOf(CompletionStage<T> stage) {
        return stage.toCompletableFuture().copy().orTimeout(1, TimeUnit.MINUTES).join();
    }

    private static Throwable failureOf(CompletionStage<?> stage) {
        try {
            return new AssertionError("it came to " + resultOf(stage));
        } catch (CompletionException failure) {
            return Objects.requireNonNull(failure.getCause());
        }
    }

    @Test
    void a_stage_that_fails_is_a_failed_attempt() {
        assertThat(resultOf(later.fails(2, "p"))).isEqualTo("p!3");
        assertThat(later.made())
                .as("each begins with the parameters as they came")
                .containsExactly("p!", "p!", "p!");
    }

    @Test
    void the_last_failure_is_what_the_stage_comes_to() {
        assertThat(failureOf(later.fails(9, "p")))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("failure 3");
    }

    @Test
    void the_first_attempt_is_made_by_the_caller_and_every_other_one_elsewhere() {
        resultOf(later.fails(2, "p"));
        assertThat(later.threads().get(0)).isSameAs(Thread.currentThread());
        assertThat(later.threads().subList(1, 3)).doesNotContain(Thread.currentThread());
    }

    @Test
    void whoever_wants_a_CompletableFuture_is_given_one() {
        CompletableFuture<String> future = later.failsAsAFuture(1);
        assertThat(resultOf(future)).isEqualTo("2");
    }

    @Test
    void a_method_that_throws_has_failed_too() throws IOException {
        assertThat(resultOf(later.throwsFirst())).isEqualTo("come");
    }

    @Test
    void a_method_that_returns_null_has_failed_too() {
        assertThat(failureOf(Objects.requireNonNull(later.returnsNull())))
                .hasMessageContainingAll("returnsNull", "null", "CompletionStage");
        assertThat(later.made()).hasSize(3);
    }

    @Test
    void nobody_waits_for_the_next_attempt_and_who_gives_up_ends_it() {
        CompletableFuture<String> result = later.comesBackMuchLater().toCompletableFuture();
        assertThat(result).isNotDone();
        assertThat(result.cancel(true)).isTrue();
    }

    @Test
    void a_stage_that_fails_opens_the_circuit() {
        assertThat(failureOf(later.breaks(CompletableFuture.failedFuture(new IOException("down")))))
                .hasMessage("down");
        assertThat(failureOf(later.breaks(CompletableFuture.completedFuture("up"))))
                .isInstanceOf(CircuitOpenException.class);
    }

    @Test
    void a_result_that_does_not_come_is_given_up() {
        assertThat(failureOf(later.never())).isInstanceOf(TimeLimitExceededException.class);
    }

    @Test
    void a_place_is_held_until_the_result_is_there() {
        CompletableFuture<String> result = new CompletableFuture<>();
        CompletionStage<String> first = later.onePlace(result);
        assertThat(failureOf(later.onePlace(CompletableFuture.completedFuture("2"))))
                .isInstanceOf(BulkheadFullException.class);
        result.complete("1");
        assertThat(resultOf(first)).isEqualTo("1");
        assertThat(resultOf(later.onePlace(CompletableFuture.completedFuture("3"))))
                .isEqualTo("3");
    }

    @Test
    void a_fallback_answers_for_a_stage_that_fails() {
        assertThat(resultOf(later.withFallback(CompletableFuture.failedFuture(new IOException("that")))))
                .isEqualTo("instead of that");
    }

    @Test
    void the_type_that_the_bean_has_decides() {
        try (SeContainer other = Containers.start(GenericClient.class)) {
            Client<CompletionStage<String>> client =
                    other.select(GenericClient.class).get();
            assertThat(resultOf(client.ask())).isEqualTo("asked twice");
        }
    }

    @ApplicationScoped
    static class InTransactions {
        @Resilient(transaction = TransactionMode.PER_ATTEMPT)
        CompletionStage<String> call() {
            return CompletableFuture.completedFuture("");
        }
    }

    @Test
    void a_transaction_for_each_attempt_is_a_definition_error() {
        assertThatThrownBy(() -> Containers.start(InTransactions.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll(
                        "InTransactions.call", "'transaction'", "PER_ATTEMPT", "CompletionStage", "REQUIRES_NEW");
    }

    @ApplicationScoped
    static class Futures {
        @Resilient
        Future<String> future() {
            return CompletableFuture.completedFuture("");
        }

        @Resilient
        OwnFuture ownStage() {
            return new OwnFuture();
        }

        @Resilient
        CompletionStage<String> stage() {
            return CompletableFuture.completedFuture("");
        }

        @Resilient
        @jakarta.ejb.Asynchronous
        Future<String> onAThreadOfItsOwn() {
            return CompletableFuture.completedFuture("");
        }
    }

    @ApplicationScoped
    static class CalledOnAThreadOfItsOwn {
        private final List<String> made = new CopyOnWriteArrayList<>();

        List<String> made() {
            return made;
        }

        @jakarta.ejb.Asynchronous
        @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
        CompletionStage<String> call() {
            made.add("call");
            return CompletableFuture.failedFuture(new IOException("down"));
        }
    }

    @Test
    void a_method_that_is_called_on_a_thread_of_its_own_is_guarded_there_and_until_it_returns() {
        try (SeContainer other = Containers.start(CalledOnAThreadOfItsOwn.class)) {
            CalledOnAThreadOfItsOwn bean =
                    other.select(CalledOnAThreadOfItsOwn.class).get();
            assertThat(failureOf(bean.call())).hasMessage("down");
            assertThat(bean.made()).hasSize(1);
        }
    }

    static class OwnFuture extends CompletableFuture<String> {}

    @Test
    void who_returns_what_nobody_can_wait_for_without_a_thread_is_warned() {
        try (CapturedLog log = new CapturedLog(ResilientExtension.class);
                SeContainer other = Containers.start(Futures.class)) {
            assertThat(other.isRunning()).isTrue();
            assertThat(log.lines().stream().filter(line -> line.startsWith("WARNING")))
                    .singleElement()
                    .asString()
                    .contains("Futures.future", "Futures.ownStage", "CompletionStage or CompletableFuture")
                    .doesNotContain("Futures.stage", "onAThreadOfItsOwn");
        }
    }

    /** Its attempts are begun one inside of the other. */
    private static final class Overtaken {

        private final CountDownLatch inside = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        String hang() {
            inside.countDown();
            await(goOn);
            return "hung";
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void an_attempt_does_not_enter_while_an_earlier_one_is_still_inside() throws Exception {
        Overtaken overtaken = new Overtaken();
        LaterCall call = new LaterCall("calls", new Call() {
            @Override
            public Object proceed() {
                return overtaken.hang();
            }
        });
        CompletableFuture<Object> first = CompletableFuture.supplyAsync(unchecked(call));
        Overtaken.await(overtaken.inside);

        assertThatThrownBy(call::proceed)
                .isInstanceOfSatisfying(
                        EarlierAttemptException.class,
                        refusal -> assertThat(refusal.attempted()).isFalse())
                .hasMessageContainingAll("'calls'", "earlier attempt", "CompletionStage");

        overtaken.goOn.countDown();
        assertThat(first).succeedsWithin(Duration.ofMinutes(1)).isEqualTo("hung");
        assertThat(call.proceed()).as("it is free again").isEqualTo("hung");
    }

    private static Supplier<Object> unchecked(LaterCall call) {
        return () -> {
            try {
                return call.proceed();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
    }
}
