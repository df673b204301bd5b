package io.seawall.benchmarks.calls;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.retry.Retry;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import io.seawall.resilience.circuitbreaker.FailureRule;
import io.seawall.resilience.circuitbreaker.OpenPeriod;
import io.seawall.resilience.pipeline.Guard;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.pipeline.UncountedGuard;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One call through retry and circuit breaker, written where it is made. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class WithoutCdiBenchmark {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofHours(1);

    private String order = "7";
    private final Callable<String> call = () -> Answers.good(order);
    private final Callable<String> down = Answers::none;

    private final Targets targets = new Targets();
    private final Guard seawall = guard(BreakerPolicy.defaults(), "plain", null);
    private final UncountedGuard seawallUncounted =
            new UncountedGuard(targets, "uncounted", parts(BreakerPolicy.defaults(), "uncounted"));
    private final Guard seawallLimited = guard(BreakerPolicy.defaults(), "limited", LIMIT);
    private final Guard seawallOpen = guard(
            new BreakerPolicy(FailureRule.defaults(), null, OpenPeriod.startingAt(LONG), 1, List.of()), "down", null);

    private final io.github.resilience4j.circuitbreaker.CircuitBreaker resilience4jCircuit =
            io.github.resilience4j.circuitbreaker.CircuitBreaker.ofDefaults("plain");
    private final Retry resilience4jRetry = Retry.ofDefaults("plain");
    private final io.github.resilience4j.circuitbreaker.CircuitBreaker resilience4jOpenCircuit =
            io.github.resilience4j.circuitbreaker.CircuitBreaker.ofDefaults("down");

    private final FailsafeExecutor<String> failsafe =
            Failsafe.with(RetryPolicy.<String>ofDefaults(), CircuitBreaker.<String>ofDefaults());
    private final FailsafeExecutor<String> failsafeLimited = Failsafe.with(
            RetryPolicy.<String>ofDefaults(),
            CircuitBreaker.<String>ofDefaults(),
            Timeout.<String>builder(LIMIT).withInterrupt().build());
    private final CircuitBreaker<String> failsafeOpenCircuit =
            CircuitBreaker.<String>builder().withDelay(LONG).build();
    private final FailsafeExecutor<String> failsafeOpen = Failsafe.with(failsafeOpenCircuit);

    /** For JMH. Opens the circuits of what is down. */
    public WithoutCdiBenchmark() {
        while (!(refusal() instanceof CircuitOpenException)) {
            // one more failure
        }
        resilience4jOpenCircuit.transitionToForcedOpenState();
        failsafeOpenCircuit.open();
    }

    private Guard guard(BreakerPolicy breaker, String target, @Nullable Duration limit) {
        Pipeline.Builder<Callable<?>> builder = parts(breaker, target);
        return new Guard(
                limit == null ? builder.build() : builder.timeout(limit).build());
    }

    private Pipeline.Builder<Callable<?>> parts(BreakerPolicy breaker, String target) {
        return targets.<Callable<?>>around(target, Callable::call)
                .retry(io.seawall.resilience.retry.RetryPolicy.defaults())
                .breaker(breaker);
    }

    private Exception refusal() {
        try {
            String answer = seawallOpen.call(down);
            throw new IllegalStateException("what is down has answered " + answer);
        } catch (IOException | CircuitOpenException refusal) {
            return refusal;
        } catch (Exception other) {
            throw new IllegalStateException(other);
        }
    }

    /** Stops the threads. */
    @TearDown
    public void stop() {
        targets.close();
    }

    /**
     * The call alone.
     *
     * @return its answer
     * @throws Exception never
     */
    @Benchmark
    public String direct() throws Exception {
        return call.call();
    }

    /**
     * Seawall.
     *
     * @return the answer
     * @throws Exception never
     */
    @Benchmark
    public String seawall() throws Exception {
        return seawall.call(call);
    }

    /**
     * Seawall without metrics.
     *
     * @return the answer
     * @throws Exception never
     */
    @Benchmark
    public String seawallUncounted() throws Exception {
        return seawallUncounted.call(call);
    }

    /**
     * Seawall, with a limit for each attempt.
     *
     * @return the answer
     * @throws Exception never
     */
    @Benchmark
    public String seawallLimited() throws Exception {
        return seawallLimited.call(call);
    }

    /**
     * Seawall, the circuit open.
     *
     * @return the refusal
     */
    @Benchmark
    public Exception seawallOpen() {
        return refusal();
    }

    /**
     * Resilience4j. It has no limit for calls on the caller's thread.
     *
     * @return the answer
     * @throws Exception never
     */
    @Benchmark
    public String resilience4j() throws Exception {
        return resilience4jRetry.executeCallable(() -> resilience4jCircuit.executeCallable(call));
    }

    /**
     * Resilience4j, the circuit open.
     *
     * @return the refusal
     * @throws Exception never
     */
    @Benchmark
    public Exception resilience4jOpen() throws Exception {
        try {
            String answer = resilience4jOpenCircuit.executeCallable(call);
            throw new IllegalStateException("what is down has answered " + answer);
        } catch (CallNotPermittedException refusal) {
            return refusal;
        }
    }

    /**
     * Failsafe.
     *
     * @return the answer
     */
    @Benchmark
    public String failsafe() {
        return failsafe.get(call::call);
    }

    /**
     * Failsafe, with a limit for each attempt.
     *
     * @return the answer
     */
    @Benchmark
    public String failsafeLimited() {
        return failsafeLimited.get(call::call);
    }

    /**
     * Failsafe, the circuit open.
     *
     * @return the refusal
     */
    @Benchmark
    public Exception failsafeOpen() {
        try {
            String answer = failsafeOpen.get(call::call);
            throw new IllegalStateException("what is down has answered " + answer);
        } catch (dev.failsafe.CircuitBreakerOpenException refusal) {
            return refusal;
        }
    }
}
