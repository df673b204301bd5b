package io.seawall.benchmarks;

import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.RetryPolicy;
import java.time.Duration;
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

/** What a timeout costs a call that ends in time: run with {@code -prof gc}, and with {@code -t 1} to as many as there are processors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TimeoutBenchmark {

    private int answer = 42;

    private final Callable<Integer> call = () -> answer;

    private final Targets targets = new Targets();

    private final Pipeline<Callable<?>> without = builder().build();

    private final Pipeline<Callable<?>> with =
            builder().timeout(Duration.ofSeconds(2)).build();

    /** For JMH. */
    public TimeoutBenchmark() {}

    private Pipeline.Builder<Callable<?>> builder() {
        return targets.<Callable<?>>around("benchmark", Callable::call)
                .retry(RetryPolicy.defaults())
                .breaker(BreakerPolicy.defaults());
    }

    /**
     * Retry and circuit breaker.
     *
     * @return the answer
     * @throws Exception never
     */
    @Benchmark
    public @Nullable Object withoutTimeout() throws Exception {
        return without.execute(call);
    }

    /**
     * The same with a timeout.
     *
     * @return the answer
     * @throws Exception never
     */
    @Benchmark
    public @Nullable Object withTimeout() throws Exception {
        return with.execute(call);
    }
}
