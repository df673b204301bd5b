package io.seawall.resilience.pipeline;

import io.seawall.resilience.Attempt;
import io.seawall.resilience.CallMemory;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Sleeper;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.circuitbreaker.CircuitBreakerLayer;
import io.seawall.resilience.fallback.FallbackLayer;
import io.seawall.resilience.fallback.Recovery;
import io.seawall.resilience.retry.RetryLayer;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.retry.RetrySurroundings;
import io.seawall.resilience.timeout.AttemptTimeoutLayer;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The protection of one call, compiled once and run on every call. Thread-safe. Each part is there only if asked for; the
 * order is always {@code Fallback( Retry( CircuitBreaker( Scope( AttemptTimeout( call )))))}.
 *
 * <pre>{@code
 * Pipeline<Callable<?>> payments = Pipeline.<Callable<?>>around("payments", Callable::call)
 *         .retry(RetryPolicy.defaults())
 *         .build();
 * Object receipt = payments.execute(() -> client.charge(order));
 * }</pre>
 *
 * @param <C> what is called
 */
public final class Pipeline<C> {

    private final Strategy<C> outermost;

    private Pipeline(Strategy<C> outermost) {
        this.outermost = outermost;
    }

    /**
     * Begins a pipeline.
     *
     * @param target whom the calls are for; for messages
     * @param call carries out one attempt
     * @param <C> what is called
     * @return a builder without any protection yet
     */
    public static <C> Builder<C> around(String target, Attempt<C> call) {
        return new Builder<>(target, call);
    }

    /**
     * Carries out a call.
     *
     * @param call what is called
     * @return what the call returned, or what stands in for it
     * @throws Exception what the call threw, or a {@link io.seawall.resilience.RejectedException}
     */
    public @Nullable Object execute(C call) throws Exception {
        return outermost.execute(call, Deadline.NONE);
    }

    /**
     * Gathers the parts. Not thread-safe.
     *
     * @param <C> what is called
     */
    public static final class Builder<C> {

        private final String target;
        private final Attempt<C> call;
        private @Nullable Recovery<C> recovery;
        private @Nullable RetryPolicy retry;
        private @Nullable CircuitBreaker breaker;
        private @Nullable Duration attemptLimit;
        private @Nullable Timer timer;
        private UnaryOperator<Strategy<C>> scope = UnaryOperator.identity();
        private Predicate<? super C> recoverable = call -> true;
        private Sleeper sleeper = TimeUnit.NANOSECONDS::sleep;
        private Supplier<? extends RandomGenerator> random = ThreadLocalRandom::current;

        private Builder(String target, Attempt<C> call) {
            this.target = target;
            this.call = call;
        }

        /**
         * Gives another answer when the call fails for good.
         *
         * @param recovery the other answer
         * @return this
         */
        public Builder<C> fallback(Recovery<C> recovery) {
            this.recovery = recovery;
            return this;
        }

        /**
         * Calls again after a failure.
         *
         * @param policy when
         * @return this
         */
        public Builder<C> retry(RetryPolicy policy) {
            this.retry = policy;
            return this;
        }

        /**
         * Does not call while the circuit is open.
         *
         * @param breaker the circuit of the target, shared by all pipelines of the target
         * @return this
         */
        public Builder<C> breaker(CircuitBreaker breaker) {
            this.breaker = breaker;
            return this;
        }

        /**
         * Ends each attempt after a limit.
         *
         * @param limit 1 ms to 1 h
         * @param timer who watches the time
         * @return this
         * @throws IllegalArgumentException if the limit is out of its range
         */
        public Builder<C> attemptTimeout(Duration limit, Timer timer) {
            this.attemptLimit = AttemptTimeoutLayer.requireLimit(limit);
            this.timer = timer;
            return this;
        }

        /**
         * Puts each attempt into a scope, such as a transaction. The limit of the attempt is inside: an attempt that is too
         * late has failed before the scope ends.
         *
         * @param scope wraps the attempt
         * @return this
         */
        public Builder<C> attemptScope(UnaryOperator<Strategy<C>> scope) {
            this.scope = scope;
            return this;
        }

        /**
         * Says whether a failed call may be made again or answered by the fallback, as things stand around it; always,
         * unless given. Asked on the calling thread, after a failure only.
         *
         * @param recoverable false to have the failure thrown as it is
         * @return this
         */
        public Builder<C> recoverIf(Predicate<? super C> recoverable) {
            this.recoverable = recoverable;
            return this;
        }

        /**
         * How to wait between attempts; on the system's clock unless given.
         *
         * @param sleeper lets time pass
         * @return this
         */
        public Builder<C> sleeper(Sleeper sleeper) {
            this.sleeper = sleeper;
            return this;
        }

        /**
         * The source of chance; {@link ThreadLocalRandom} unless given.
         *
         * @param random asked on the calling thread
         * @return this
         */
        public Builder<C> random(Supplier<? extends RandomGenerator> random) {
            this.random = random;
            return this;
        }

        /**
         * Compiles the pipeline. The one place that knows the order, inside out.
         *
         * @return the pipeline
         */
        public Pipeline<C> build() {
            Attempt<C> attempt = call;
            Strategy<C> strategy = (made, deadline) -> attempt.make(made);
            if (attemptLimit != null && timer != null) {
                strategy = new AttemptTimeoutLayer<C>(
                                target, attemptLimit, true, timer, System::nanoTime, Runnable::run)
                        .around(strategy);
            }
            strategy = scope.apply(strategy);
            if (breaker != null) {
                strategy = new CircuitBreakerLayer<C>(breaker).around(strategy);
            }
            if (retry != null && retry.maxRetries() > 0) {
                strategy = new RetryLayer<C>(target, retry, null, retrying(), recoverable, new Forgetful<>())
                        .around(strategy);
            }
            if (recovery != null) {
                strategy = new FallbackLayer<>(recovery, recoverable).around(strategy);
            }
            return new Pipeline<>(strategy);
        }

        private RetrySurroundings retrying() {
            Timer unused = new Timer() {
                @Override
                public void set(Alarm alarm, long delayNanos) {}

                @Override
                public void unset(Alarm alarm) {}
            };
            return new RetrySurroundings(sleeper, random, unused, Runnable::run, InstantSource.system(), List.of());
        }
    }

    /** Nothing of a call is changed by an attempt. */
    private static final class Forgetful<C> implements CallMemory<C> {

        @Override
        public @Nullable Object save(C call) {
            return null;
        }

        @Override
        public void restore(C call, @Nullable Object saved) {}
    }
}
