package io.seawall.benchmarks.calls;

import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import jakarta.enterprise.inject.se.SeContainer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
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

/** One call of a method of an {@code @ApplicationScoped} bean in Weld. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class WithCdiBenchmark {

    /** For JMH. */
    public WithCdiBenchmark() {}

    /** Nobody guards. */
    @State(Scope.Benchmark)
    public static class Plain {

        private final SeContainer container = Beans.plain();
        private final PlainOrders orders = container.select(PlainOrders.class).get();
        private String order = "7";

        /** For JMH. */
        public Plain() {}

        /** Stops the container. */
        @TearDown
        public void stop() {
            container.close();
        }
    }

    /** Seawall guards. */
    @State(Scope.Benchmark)
    public static class Seawall {

        private final SeContainer container = Beans.seawall();
        private final SeawallOrders orders =
                container.select(SeawallOrders.class).get();
        private String order = "7";

        /** For JMH. Opens the circuit of what is down. */
        public Seawall() {
            while (!(refusal() instanceof CircuitOpenException)) {
                // one more failure
            }
        }

        final Exception refusal() {
            try {
                String answer = orders.down(order);
                throw new IllegalStateException("what is down has answered " + answer);
            } catch (IOException | CircuitOpenException refusal) {
                return refusal;
            }
        }

        /** Stops the container. */
        @TearDown
        public void stop() {
            container.close();
        }
    }

    /** SmallRye guards. */
    @State(Scope.Benchmark)
    public static class SmallRye {

        private final SeContainer container = Beans.smallRye();
        private final SmallRyeOrders orders =
                container.select(SmallRyeOrders.class).get();
        private String order = "7";

        /** For JMH. Opens the circuit of what is down. */
        public SmallRye() {
            while (!(refusal() instanceof CircuitBreakerOpenException)) {
                // one more failure
            }
        }

        final Exception refusal() {
            try {
                String answer = orders.down(order);
                throw new IllegalStateException("what is down has answered " + answer);
            } catch (IOException | CircuitBreakerOpenException refusal) {
                return refusal;
            }
        }

        /** Stops the container. */
        @TearDown
        public void stop() {
            container.close();
        }
    }

    /**
     * Not intercepted, on a bean that is.
     *
     * @param beans the bean
     * @return the answer
     */
    @Benchmark
    public String untouched(Plain beans) {
        return beans.orders.untouched(beans.order);
    }

    /**
     * An interceptor that does nothing.
     *
     * @param beans the bean
     * @return the answer
     */
    @Benchmark
    public String emptyInterceptor(Plain beans) {
        return beans.orders.watched(beans.order);
    }

    /**
     * An interceptor that does nothing, two parameters.
     *
     * @param beans the bean
     * @return the answer
     */
    @Benchmark
    public String emptyInterceptorTwo(Plain beans) {
        return beans.orders.watchedTwo(beans.order, beans.order);
    }

    /**
     * An interceptor that throws an exception made beforehand.
     *
     * @param beans the bean
     * @return the exception
     */
    @Benchmark
    public Exception refusingInterceptor(Plain beans) {
        try {
            String answer = beans.orders.refused(beans.order);
            throw new IllegalStateException("what refuses has answered " + answer);
        } catch (RuntimeException refusal) {
            return refusal;
        }
    }

    /**
     * Seawall, retry and circuit breaker.
     *
     * @param beans the bean
     * @return the answer
     */
    @Benchmark
    public String seawall(Seawall beans) {
        return beans.orders.plain(beans.order);
    }

    /**
     * Seawall, retry and circuit breaker, two parameters.
     *
     * @param beans the bean
     * @return the answer
     */
    @Benchmark
    public String seawallTwo(Seawall beans) {
        return beans.orders.plainTwo(beans.order, beans.order);
    }

    /**
     * Seawall, with a rule on the rate of failures.
     *
     * @param beans the bean
     * @return the answer
     */
    @Benchmark
    public String seawallRated(Seawall beans) {
        return beans.orders.rated(beans.order);
    }

    /**
     * Seawall, with a rule on the rate of slow calls too.
     *
     * @param beans the bean
     * @return the answer
     */
    @Benchmark
    public String seawallSlowRated(Seawall beans) {
        return beans.orders.slowRated(beans.order);
    }

    /**
     * Seawall, with a limit for each attempt.
     *
     * @param beans the bean
     * @return the answer
     */
    @Benchmark
    public String seawallLimited(Seawall beans) {
        return beans.orders.limited(beans.order);
    }

    /**
     * Seawall, the circuit open.
     *
     * @param beans the bean
     * @return the refusal
     */
    @Benchmark
    public Exception seawallOpen(Seawall beans) {
        return beans.refusal();
    }

    /**
     * SmallRye, retry and circuit breaker.
     *
     * @param beans the bean
     * @return the answer
     */
    @Benchmark
    public String smallRye(SmallRye beans) {
        return beans.orders.plain(beans.order);
    }

    /**
     * SmallRye, with a limit for each attempt.
     *
     * @param beans the bean
     * @return the answer
     */
    @Benchmark
    public String smallRyeLimited(SmallRye beans) {
        return beans.orders.limited(beans.order);
    }

    /**
     * SmallRye, the circuit open.
     *
     * @param beans the bean
     * @return the refusal
     */
    @Benchmark
    public Exception smallRyeOpen(SmallRye beans) {
        return beans.refusal();
    }
}
