package io.seawall.resilience.pipeline;

import io.seawall.metrics.MetricRegistry;
import io.seawall.resilience.Attempt;
import io.seawall.resilience.timer.SharedTimer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The dependencies of an application, by name. One per application: whoever names the same target shares what belongs to
 * it. Thread-safe.
 *
 * <pre>{@code
 * try (Targets targets = new Targets()) {
 *     Guard payments = new Guard(targets.<Callable<?>>around("payments", Callable::call)
 *             .retry(RetryPolicy.defaults())
 *             .breaker(BreakerPolicy.defaults())
 *             .timeout(Duration.ofSeconds(2))
 *             .build());
 *     Receipt receipt = payments.call(() -> client.charge(order));
 * }
 * }</pre>
 */
public final class Targets implements AutoCloseable {

    private final Surroundings surroundings;
    private final @Nullable OwnExecutor ownPool;
    private final Map<String, Target> targets = new ConcurrentSkipListMap<>();

    /** On the system's clock and chance, with daemon threads of its own that end when there is nothing to do. */
    public Targets() {
        this(new OwnExecutor());
    }

    private Targets(OwnExecutor ownPool) {
        this.surroundings = Surroundings.ofSystem(OwnThreads.named("seawall-timer"), ownPool);
        this.ownPool = ownPool;
    }

    /**
     * In given surroundings.
     *
     * @param surroundings time, chance and threads
     */
    public Targets(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.ownPool = null;
    }

    /**
     * Begins a pipeline.
     *
     * @param target whom the calls are for; it is there from the first pipeline on that is built
     * @param attempt makes the call once
     * @param <C> what is called
     * @return a builder without any protection yet
     */
    public <C> Pipeline.Builder<C> around(String target, Attempt<C> attempt) {
        return new Pipeline.Builder<>(this, target, attempt);
    }

    /**
     * A target.
     *
     * @param name what it is called by
     * @return empty if no pipeline was built for it
     */
    public Optional<Target> find(String name) {
        return Optional.ofNullable(targets.get(name));
    }

    /**
     * All targets.
     *
     * @return those for which a pipeline was built until now, by name
     */
    public Collection<Target> all() {
        return List.copyOf(targets.values());
    }

    /**
     * Begins a change of the pipelines of a target.
     *
     * @param target its name
     * @return a change of nothing yet
     * @throws IllegalArgumentException if there is no such target
     */
    public Change change(String target) {
        return new Change(find(target)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no target '" + target + "': there are " + targets.keySet())));
    }

    /**
     * Has the metrics of all targets read: calls, retries, circuits and bulkheads.
     *
     * @param registry of the owner of the targets
     */
    public void register(MetricRegistry registry) {
        TargetMetrics.register(registry, targets::values);
    }

    /**
     * The clock that all pipelines go by, for whoever keeps their answers.
     *
     * @return monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     */
    public LongSupplier nanoTime() {
        return surroundings.nanoTime();
    }

    /**
     * Ends the timer, unless it was made elsewhere and is of another kind, and the threads of its own, as soon as no call needs
     * them any more. Calls can still be made, and have their limits and their delays. Safe to call twice.
     */
    @Override
    public void close() {
        targets.values().forEach(Target::close);
        if (surroundings.timer() instanceof SharedTimer timer) {
            timer.close();
        }
        if (ownPool != null) {
            ownPool.close();
        }
    }

    Surroundings surroundings() {
        return surroundings;
    }

    <C> Pipeline<C> add(Pipeline.Builder<C> builder) {
        builder.policies(); // what contradicts itself leaves no target behind
        return targets.computeIfAbsent(builder.target(), name -> new Target(name, surroundings))
                .add(builder);
    }
}
