package io.seawall.resilience.pipeline;

import io.seawall.metrics.Counter;
import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Attempt;
import io.seawall.resilience.CallMemory;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.bulkhead.Bulkhead;
import io.seawall.resilience.bulkhead.BulkheadLayer;
import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.chaos.Chaos;
import io.seawall.resilience.chaos.ChaosLayer;
import io.seawall.resilience.chaos.ChaosPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.circuitbreaker.CircuitBreakerLayer;
import io.seawall.resilience.fallback.FallbackLayer;
import io.seawall.resilience.fallback.Recovery;
import io.seawall.resilience.retry.BudgetPolicy;
import io.seawall.resilience.retry.RetryLayer;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.retry.RetrySurroundings;
import io.seawall.resilience.stale.LastAnswers;
import io.seawall.resilience.stale.StaleCounts;
import io.seawall.resilience.stale.StaleLayer;
import io.seawall.resilience.stale.StalePolicy;
import io.seawall.resilience.timeout.AttemptTimeoutLayer;
import io.seawall.resilience.timeout.DeadlineLayer;
import io.seawall.time.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The protection of one call, compiled once and run on every call. Thread-safe. Each part is there only if asked for; the
 * order is always
 * {@code Fallback( Stale( Deadline( Retry( CircuitBreaker( Scope( AttemptTimeout( Bulkhead( Chaos( call )))))))))}.
 *
 * <p>It is one of the pipelines of its target, and can be {@linkplain Targets#change changed} while it is called.
 *
 * @param <C> what is called
 */
public final class Pipeline<C> {

    private final Target target;
    private final int index;

    Pipeline(Target target, int index) {
        this.target = target;
        this.index = index;
    }

    /**
     * Carries out a call on the calling thread.
     *
     * @param call what is called
     * @return what the call returned, or what stands in for it
     * @throws Exception what the call threw, or a {@link io.seawall.resilience.RejectedException}
     */
    public @Nullable Object execute(C call) throws Exception {
        Chain<C> chain = target.chain(index);
        return chain.sync.execute(call, Deadline.NONE);
    }

    /**
     * Starts a call whose result comes later. Never throws.
     *
     * <p>Whoever cancels the result has no other attempt made and no other answer asked for. The call that is under way goes on, and
     * keeps its place in the bulkhead until it ends.
     *
     * @param call what is called; an attempt at it returns a {@link CompletionStage}
     * @return completes with what the call came to, or with what stands in for it; fails with what it failed with, or with a
     *     {@link io.seawall.resilience.RejectedException}
     */
    public CompletionStage<@Nullable Object> start(C call) {
        Chain<C> chain = target.chain(index);
        return chain.async.start(call, Deadline.NONE);
    }

    Target target() {
        return target;
    }

    int index() {
        return index;
    }

    /**
     * Gathers the parts. Not thread-safe.
     *
     * @param <C> what is called
     */
    public static final class Builder<C> {

        private final Targets targets;
        private final String target;
        private final Attempt<C> attempt;
        private @Nullable RetryPolicy retry;
        private @Nullable BudgetPolicy budget = BudgetPolicy.defaults();
        private @Nullable BreakerPolicy breaker;
        private @Nullable Duration timeout;
        private boolean interrupt = true;
        private @Nullable Duration deadline;
        private @Nullable BulkheadPolicy bulkhead;
        private @Nullable Recovery<C> recovery;
        private @Nullable Stale<C> stale;
        private @Nullable ChaosPolicy chaos;
        private @Nullable UnaryOperator<Strategy<C>> scope;
        private Predicate<? super C> recoverable = call -> true;
        private Predicate<? super C> retryable = call -> true;
        private Predicate<? super C> movable = call -> true;
        private CallMemory<? super C> memory = new Forgetful<>();

        private record Stale<C>(StalePolicy policy, LastAnswers answers, Function<? super C, Object> key) {}

        Builder(Targets targets, String target, Attempt<C> attempt) {
            this.targets = targets;
            this.target = target;
            this.attempt = attempt;
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
         * How many retries the calls of the target may have, all together; {@link BudgetPolicy#defaults} unless given.
         *
         * @param policy how many; the same in all pipelines of the target
         * @return this
         */
        public Builder<C> budget(BudgetPolicy policy) {
            this.budget = policy;
            return this;
        }

        /**
         * Retries without a budget.
         *
         * @return this
         */
        public Builder<C> noBudget() {
            this.budget = null;
            return this;
        }

        /**
         * Does not call while the circuit of the target is open.
         *
         * @param policy when it opens; the same in all pipelines of the target
         * @return this
         */
        public Builder<C> breaker(BreakerPolicy policy) {
            this.breaker = policy;
            return this;
        }

        /**
         * Ends each attempt after a limit.
         *
         * @param limit 1 ms to 1 h in whole milliseconds
         * @return this
         * @throws IllegalArgumentException if the limit is out of its range
         */
        public Builder<C> timeout(Duration limit) {
            this.timeout = AttemptTimeoutLayer.requireLimit(limit);
            return this;
        }

        /**
         * Whether the thread of an attempt that takes too long may be interrupted; it may, unless said.
         *
         * @param interrupt false for code that must not be interrupted
         * @return this
         */
        public Builder<C> interrupt(boolean interrupt) {
            this.interrupt = interrupt;
            return this;
        }

        /**
         * Sets a deadline for each call, with all its attempts.
         *
         * @param total 1 ms to 1 h in whole milliseconds
         * @return this
         * @throws IllegalArgumentException if the total is out of its range
         */
        public Builder<C> deadline(Duration total) {
            this.deadline = DeadlineLayer.requireTotal(total);
            return this;
        }

        /**
         * Bounds the calls of the target that are under way at a time.
         *
         * @param policy how many; the same in all pipelines of the target
         * @return this
         */
        public Builder<C> bulkhead(BulkheadPolicy policy) {
            this.bulkhead = policy;
            return this;
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
         * Gives the last good answer when the call fails.
         *
         * @param policy how old it may be
         * @param answers where the last answers are kept, of this pipeline alone
         * @param key what a call asks for
         * @return this
         */
        public Builder<C> stale(StalePolicy policy, LastAnswers answers, Function<? super C, Object> key) {
            this.stale = new Stale<>(policy, answers, key);
            return this;
        }

        /**
         * Tells the target to misbehave.
         *
         * @param policy how; the same in all pipelines of the target that have it
         * @return this
         */
        public Builder<C> chaos(ChaosPolicy policy) {
            this.chaos = policy;
            return this;
        }

        /**
         * Puts each attempt into a scope, such as a transaction. The limit of the attempt is inside: an attempt that is too
         * late has failed before the scope ends. Of calls that return their result only: the scope would end before the
         * others do.
         *
         * @param scope wraps the attempt
         * @return this
         */
        public Builder<C> attemptScope(UnaryOperator<Strategy<C>> scope) {
            this.scope = scope;
            return this;
        }

        /**
         * Says whether a failed call may be made again or answered by something else, as things stand around it; always,
         * unless given. Asked on the calling thread, after a failure only where the call returns its result.
         *
         * @param recoverable false to have the failure thrown as it is
         * @return this
         */
        public Builder<C> recoverIf(Predicate<? super C> recoverable) {
            this.recoverable = recoverable;
            return this;
        }

        /**
         * Says whether a failed call may be made again; always, unless given. Asked as {@link #recoverIf}, and after it.
         *
         * @param retryable false to have no other attempt made
         * @return this
         */
        public Builder<C> retryIf(Predicate<? super C> retryable) {
            this.retryable = retryable;
            return this;
        }

        /**
         * Says whether a call that returns its result may be made on another thread than its caller's, as things stand around it;
         * always, unless given. Asked on the calling thread, and only where {@linkplain StalePolicy#softDeadline a soft deadline} needs
         * it.
         *
         * @param movable false to have the call made where it comes from, and waited for
         * @return this
         */
        public Builder<C> moveIf(Predicate<? super C> movable) {
            this.movable = movable;
            return this;
        }

        /**
         * What an attempt may change of its call; nothing, unless given.
         *
         * @param memory brings it back before another attempt
         * @return this
         */
        public Builder<C> memory(CallMemory<? super C> memory) {
            this.memory = memory;
            return this;
        }

        /**
         * Compiles the pipeline.
         *
         * @return the pipeline
         * @throws IllegalArgumentException if the parts contradict each other, or those of another pipeline of the target
         */
        public Pipeline<C> build() {
            return targets.add(this);
        }

        String target() {
            return target;
        }

        /**
         * What it wants of that which all pipelines of the target share.
         *
         * @throws IllegalArgumentException if the parts contradict each other
         */
        SharedPolicies policies() {
            if (bulkhead != null && timeout != null && bulkhead.maxWait().compareTo(timeout) >= 0) {
                // Else an interrupt of ours would hit a call that merely waits, and a full bulkhead pass for a slow
                // target.
                throw new IllegalArgumentException("maxWait is " + DurationText.format(bulkhead.maxWait())
                        + ": use less than timeout, which is " + DurationText.format(timeout));
            }
            return new SharedPolicies(
                    breaker, isBudgeted() ? budget : null, bulkhead, chaos, timeout == null ? deadline : timeout);
        }

        /** With what the target has by now. */
        Chain<C> chain(Shared shared, TargetCounts counts) {
            return Chain.of(layers(shared, counts), new Innermost<>(target, attempt), policies());
        }

        /** The one place that knows the order: the outermost first. */
        List<Layer<C>> layers(Shared shared, TargetCounts counts) {
            Surroundings around = targets.surroundings();
            List<Layer<C>> layers = new ArrayList<>();
            layers.add(new CountingLayer<>(target, counts, !isBudgeted()));
            if (recovery != null) {
                layers.add(new FallbackLayer<>(
                        new CountedRecovery<>(recovery, counts.ended(Outcome.FALLBACK)), recoverable));
            }
            if (stale != null) {
                layers.add(new StaleLayer<>(
                        stale.policy(),
                        stale.answers(),
                        stale.key(),
                        recoverable,
                        movable,
                        staleCounts(counts),
                        around.nanoTime(),
                        around.timer(),
                        around.executor()));
            }
            if (deadline != null) {
                layers.add(new DeadlineLayer<>(deadline, around.nanoTime()));
            }
            if (retry != null && retries()) {
                layers.add(new RetryLayer<>(
                        target,
                        retry,
                        budget == null ? null : shared.budget(),
                        counts.retries,
                        retrying(around),
                        mayRetry(),
                        memory));
            }
            CircuitBreaker circuit = shared.breaker();
            if (breaker != null && circuit != null) {
                layers.add(new CircuitBreakerLayer<>(circuit));
            }
            layers.add(new MeasuringLayer<>(target, counts.attempts));
            if (scope != null) {
                layers.add(new ScopeLayer<>(scope));
            }
            if (timeout != null || deadline != null) {
                layers.add(new AttemptTimeoutLayer<>(
                        target, timeout, interrupt, around.timer(), around.nanoTime(), around.executor(), counts.late));
            }
            Bulkhead places = shared.bulkhead();
            if (bulkhead != null && places != null) {
                layers.add(new BulkheadLayer<>(places, around.timer(), around.executor()));
            }
            Chaos misbehaviour = shared.chaos();
            if (chaos != null && misbehaviour != null) {
                layers.add(new ChaosLayer<>(misbehaviour, around.sleeper(), around.timer(), around.executor()));
            }
            return layers;
        }

        /** What the budget does not hear of is counted here; all other calls are counted once anyway. */
        private StaleCounts staleCounts(TargetCounts counts) {
            return new StaleCounts(counts.ended(Outcome.STALE), isBudgeted() ? counts.unbudgeted : new Counter());
        }

        private boolean isBudgeted() {
            return retries() && budget != null;
        }

        private boolean retries() {
            return retry != null && retry.maxRetries() > 0;
        }

        /** On locals: a builder may still change when the pipeline runs. */
        private Predicate<C> mayRetry() {
            Predicate<? super C> first = recoverable;
            Predicate<? super C> then = retryable;
            return call -> first.test(call) && then.test(call);
        }

        private static RetrySurroundings retrying(Surroundings around) {
            return new RetrySurroundings(
                    around.sleeper(),
                    around.random(),
                    around.timer(),
                    around.executor(),
                    around.wallClock(),
                    around.retryAfter());
        }
    }

    /** What a user of the pipeline puts around each attempt. */
    private record ScopeLayer<C>(UnaryOperator<Strategy<C>> scope) implements Layer<C> {

        @Override
        public Strategy<C> around(Strategy<C> inner) {
            return scope.apply(inner);
        }

        @Override
        public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
            return inner;
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
