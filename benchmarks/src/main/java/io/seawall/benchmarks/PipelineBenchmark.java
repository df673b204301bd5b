package io.seawall.benchmarks;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.github.resilience4j.retry.Retry;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
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
import org.openjdk.jmh.annotations.Warmup;

/** One successful call through retry and circuit breaker, without CDI. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PipelineBenchmark {

    private int answer = 42;

    private final Callable<Integer> call = () -> answer;

    private final Pipeline<Callable<?>> seawall = new Targets()
            .<Callable<?>>around("benchmark", Callable::call)
            .retry(io.seawall.resilience.retry.RetryPolicy.defaults())
            .breaker(BreakerPolicy.defaults())
            .build();

    private final Callable<Integer> resilience4j = Retry.decorateCallable(
            Retry.ofDefaults("benchmark"),
            io.github.resilience4j.circuitbreaker.CircuitBreaker.decorateCallable(
                    io.github.resilience4j.circuitbreaker.CircuitBreaker.ofDefaults("benchmark"), call));

    private final FailsafeExecutor<Integer> failsafe =
            Failsafe.with(RetryPolicy.<Integer>ofDefaults(), CircuitBreaker.<Integer>ofDefaults());

    /** For JMH. */
    public PipelineBenchmark() {}

    /**
     * The call alone.
     *
     * @return its answer
     * @throws Exception never
     */
    @Benchmark
    public Integer direct() throws Exception {
        return call.call();
    }

    /**
     * Seawall.
     *
     * @return the answer
     * @throws Exception never
     */
    @Benchmark
    public @Nullable Object seawall() throws Exception {
        return seawall.execute(call);
    }

    /**
     * Resilience4j, decorators made once.
     *
     * @return the answer
     * @throws Exception never
     */
    @Benchmark
    public Integer resilience4j() throws Exception {
        return resilience4j.call();
    }

    /**
     * Failsafe.
     *
     * @return the answer
     */
    @Benchmark
    public Integer failsafe() {
        return failsafe.get(() -> answer);
    }
}
