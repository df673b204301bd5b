package io.seawall.resilience.pipeline;

import io.seawall.events.ChaosEvent;
import io.seawall.events.CircuitEvent;
import io.seawall.events.RetryBudgetEvent;
import io.seawall.events.SeawallEvent;
import io.seawall.events.SettingsEvent;
import io.seawall.resilience.bulkhead.Bulkhead;
import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.chaos.Chaos;
import io.seawall.resilience.chaos.ChaosPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.resilience.retry.BudgetPolicy;
import io.seawall.resilience.retry.RetryBudget;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One dependency, and what its callers share: its circuit, its retry budget, its bulkhead, and how it misbehaves if it is told
 * to. Thread-safe.
 *
 * <p>All its pipelines are read from one array, so a change of several is seen by every call whole or not at all.
 */
public final class Target {

    private static final Logger LOG = System.getLogger(Target.class.getName());

    private final String name;
    private final Surroundings surroundings;

    /** Held while pipelines are made or changed; no call takes it. */
    private final ReentrantLock changing = new ReentrantLock();

    private final TargetCounts counts;
    private volatile Chain<?>[] chains = {};
    private volatile Shared shared = Shared.NONE;

    /** Kept also while no pipeline wants it, so that what it has counted is not lost. */
    private volatile @Nullable RetryBudget budget;

    private SharedPolicies policies = SharedPolicies.NONE;
    private boolean closed;

    Target(String name, Surroundings surroundings) {
        this.name = name;
        this.surroundings = surroundings;
        this.counts = new TargetCounts(surroundings);
    }

    /**
     * What it is called by.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Its circuit.
     *
     * @return empty if no caller has a circuit breaker
     */
    public Optional<CircuitBreaker> breaker() {
        return Optional.ofNullable(shared.breaker());
    }

    /**
     * Its retry budget.
     *
     * @return empty if no caller retries, or none within a budget
     */
    public Optional<RetryBudget> budget() {
        return Optional.ofNullable(shared.budget());
    }

    /**
     * Its bulkhead.
     *
     * @return empty if no caller has one
     */
    public Optional<Bulkhead> bulkhead() {
        return Optional.ofNullable(shared.bulkhead());
    }

    /**
     * How many calls have begun.
     *
     * @return a count since the target is there
     */
    public long calls() {
        RetryBudget counting = budget;
        return counts.unbudgeted.sum() + (counting == null ? 0 : counting.calls());
    }

    /**
     * How many calls have ended without an answer of the target, by what the caller got instead.
     *
     * @return counts since the target is there; the keys are always the same: {@code error}, {@code time-limit},
     *     {@code circuit-open}, {@code bulkhead-full}, {@code fallback}, {@code stale}
     */
    public Map<String, Long> unsuccessful() {
        Map<String, Long> all = new TreeMap<>();
        for (Outcome outcome : Outcome.values()) {
            all.put(outcome.text(), ended(outcome));
        }
        return all;
    }

    /**
     * How many attempts there were after the first of a call.
     *
     * @return a count since the target is there
     */
    public long retries() {
        return counts.retries.sum();
    }

    /**
     * How many attempts a limit of time has ended.
     *
     * @return a count since the target is there
     */
    public long timeouts() {
        return counts.late.sum();
    }

    /**
     * How often its circuit has come to a state.
     *
     * @param state which
     * @return a count since the target is there; 0 without a breaker
     */
    public long transitions(State state) {
        return counts.entered(state).sum();
    }

    /** How many calls have ended so. */
    long ended(Outcome outcome) {
        return counts.ended(outcome).sum();
    }

    TargetCounts counts() {
        return counts;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** The chain of a pipeline, as it is now. */
    // A chain is replaced by one of the same type only: Pipeline and Builder are bound by Change.put.
    @SuppressWarnings("unchecked")
    <C> Chain<C> chain(int index) {
        return (Chain<C>) chains[index];
    }

    /** Takes a new pipeline in. */
    <C> Pipeline<C> add(Pipeline.Builder<C> builder) {
        changing.lock();
        try {
            int index = chains.length;
            put(index + 1, Map.of(index, builder));
            return new Pipeline<>(this, index);
        } finally {
            changing.unlock();
        }
    }

    /** Replaces pipelines: all of them, or none if they cannot be as they are wanted. */
    void change(Map<Integer, Pipeline.Builder<?>> builders, String words) {
        changing.lock();
        try {
            put(chains.length, builders);
        } finally {
            changing.unlock();
        }
        tell(new SettingsEvent(now(), name, words));
    }

    /** Everything that can go wrong is before the first line that changes something. */
    private void put(int size, Map<Integer, ? extends Pipeline.Builder<?>> builders) {
        Chain<?>[] next = Arrays.copyOf(chains, size);
        List<SharedPolicies> wanted = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            Pipeline.Builder<?> builder = builders.get(index);
            wanted.add(builder == null ? next[index].policies : builder.policies());
        }
        SharedPolicies together = SharedPolicies.ofAll(name, wanted);
        Shared ready = new Shared(
                breaker(together.breaker()),
                budget(together.budget()),
                bulkhead(together.bulkhead()),
                chaos(together.chaos()));
        builders.forEach((index, builder) -> next[index] = builder.chain(ready, counts));

        apply(ready, together);
        policies = together;
        shared = ready;
        budget = ready.budget() == null ? budget : ready.budget();
        chains = next;
    }

    /** What was there already takes the new rules, and keeps what it knows of its calls. */
    private void apply(Shared ready, SharedPolicies together) {
        CircuitBreaker breaker = ready.breaker();
        if (breaker != null) {
            BreakerPolicy policy = Objects.requireNonNull(together.breaker());
            if (!policy.equals(breaker.policy())) {
                breaker.apply(policy);
            }
            Duration limit = together.limit();
            breaker.attemptsMayTake(limit == null ? Duration.ZERO : limit);
        }
        RetryBudget budget = ready.budget();
        BudgetPolicy budgetPolicy = together.budget();
        if (budget != null && budgetPolicy != null && !budgetPolicy.equals(policies.budget())) {
            budget.apply(budgetPolicy);
        }
        Bulkhead bulkhead = ready.bulkhead();
        BulkheadPolicy bulkheadPolicy = together.bulkhead();
        if (bulkhead != null && bulkheadPolicy != null && !bulkheadPolicy.equals(policies.bulkhead())) {
            bulkhead.apply(bulkheadPolicy);
        }
        Chaos chaos = ready.chaos();
        ChaosPolicy chaosPolicy = together.chaos();
        if (chaos != null && chaosPolicy != null && !chaosPolicy.equals(policies.chaos())) {
            tell(new ChaosEvent(now(), name, true, chaos.begin(chaosPolicy)));
        }
        Chaos before = shared.chaos();
        if (before != null && chaos == null) {
            tell(new ChaosEvent(now(), name, false, before.end()));
        }
    }

    /** The application ends, and with it what it has told the target. */
    void close() {
        changing.lock();
        try {
            Chaos chaos = shared.chaos();
            if (chaos != null && !closed) {
                tell(new ChaosEvent(now(), name, false, chaos.end()));
            }
            closed = true;
        } finally {
            changing.unlock();
        }
    }

    private @Nullable CircuitBreaker breaker(@Nullable BreakerPolicy policy) {
        CircuitBreaker known = shared.breaker();
        if (policy == null || known != null) {
            return policy == null ? null : known;
        }
        return new CircuitBreaker(name, policy, surroundings.nanoTime(), surroundings.random(), this::tellOfCircuit);
    }

    private @Nullable RetryBudget budget(@Nullable BudgetPolicy policy) {
        if (policy == null) {
            return null;
        }
        RetryBudget known = budget;
        return known == null ? new RetryBudget(name, policy, surroundings.nanoTime(), this::tellOfBudget) : known;
    }

    private @Nullable Bulkhead bulkhead(@Nullable BulkheadPolicy policy) {
        Bulkhead known = shared.bulkhead();
        if (policy == null || known != null) {
            return policy == null ? null : known;
        }
        return new Bulkhead(name, policy);
    }

    private @Nullable Chaos chaos(@Nullable ChaosPolicy policy) {
        Chaos known = shared.chaos();
        if (policy == null || known != null) {
            return policy == null ? null : known;
        }
        return new Chaos(name, policy, surroundings.random(), surroundings.nanoTime());
    }

    private void tellOfCircuit(State from, State to, String words) {
        counts.entered(to).increment();
        tell(new CircuitEvent(now(), name, told(from), told(to), words));
    }

    /** Events know no circuit breaker. */
    private static CircuitEvent.State told(State state) {
        return switch (state) {
            case CLOSED -> CircuitEvent.State.CLOSED;
            case OPEN -> CircuitEvent.State.OPEN;
            case HALF_OPEN -> CircuitEvent.State.HALF_OPEN;
            case FORCED_OPEN -> CircuitEvent.State.FORCED_OPEN;
            case DISABLED -> CircuitEvent.State.DISABLED;
        };
    }

    private void tellOfBudget(boolean exhausted) {
        tell(new RetryBudgetEvent(now(), name, exhausted));
    }

    private Instant now() {
        return surroundings.wallClock().instant();
    }

    private void tell(SeawallEvent event) {
        try {
            surroundings.events().accept(event);
        } catch (Throwable broken) {
            // Who listens has no part in the call that is told of, nor in the change.
            LOG.log(Level.WARNING, "who listens to target '" + name + "' has failed", broken);
        }
    }
}
