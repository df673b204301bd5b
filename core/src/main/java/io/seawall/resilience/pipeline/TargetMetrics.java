package io.seawall.resilience.pipeline;

import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.Samples;
import io.seawall.resilience.bulkhead.Bulkhead;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.resilience.retry.RetryBudget;
import java.util.Collection;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The metrics of all targets. They are read from the targets that there are when somebody looks. */
final class TargetMetrics {

    private static final String TARGET = "target";
    private static final String OUTCOME = "outcome";
    private static final String STATE = "state";

    private final MetricRegistry registry;
    private final Supplier<Collection<Target>> targets;

    private TargetMetrics(MetricRegistry registry, Supplier<Collection<Target>> targets) {
        this.registry = registry;
        this.targets = targets;
    }

    static void register(MetricRegistry registry, Supplier<Collection<Target>> targets) {
        TargetMetrics metrics = new TargetMetrics(registry, targets);
        metrics.registerCalls();
        metrics.registerAttempts();
        metrics.registerRetries();
        metrics.registerBreakers();
        metrics.registerBulkheads();
    }

    private void registerCalls() {
        each(
                Meter.counter("seawall.calls", "Guarded calls that have begun.", TARGET),
                (target, samples) -> samples.add(target.calls(), target.name()));
        each(
                Meter.counter(
                        "seawall.calls.unsuccessful",
                        "Guarded calls that have ended without an answer of the target, by what the caller got instead.",
                        TARGET,
                        OUTCOME),
                (target, samples) -> {
                    for (Outcome outcome : Outcome.values()) {
                        samples.add(target.ended(outcome), target.name(), outcome.text());
                    }
                });
        each(
                Meter.counter("seawall.timeouts", "Attempts that a limit of time has ended.", TARGET),
                (target, samples) -> samples.add(target.timeouts(), target.name()));
    }

    private void registerAttempts() {
        each(
                Meter.durations(
                        "seawall.attempt.duration",
                        "How long attempts took that the circuit let through; measured by chance where they are many.",
                        TARGET),
                (target, samples) -> samples.add(target.counts().attempts.histogram(), target.name()));
        each(
                Meter.gauge(
                        "seawall.attempts.in.flight",
                        "Attempts that are under way or wait for a place; an estimate where they are many.",
                        TARGET),
                (target, samples) -> samples.add(target.counts().attempts.underWay(), target.name()));
    }

    private void registerRetries() {
        each(
                Meter.counter("seawall.retries", "Attempts after the first of a call.", TARGET),
                (target, samples) -> samples.add(target.retries(), target.name()));
        each(
                Meter.counter(
                        "seawall.retry.budget",
                        "Retries that the budget was asked for, by its answer.",
                        TARGET,
                        OUTCOME),
                (target, samples) -> target.budget().ifPresent(budget -> addBudget(budget, target.name(), samples)));
    }

    private static void addBudget(RetryBudget budget, String target, Samples samples) {
        samples.add(budget.granted(), target, "granted");
        samples.add(budget.refused(), target, "refused");
    }

    private void registerBreakers() {
        breakers(
                Meter.gauge(
                        "seawall.breaker.state",
                        "1 for the state that the circuit is in, 0 for all others.",
                        TARGET,
                        STATE),
                (target, samples) -> {
                    State now = target.breaker().map(CircuitBreaker::state).orElse(State.CLOSED);
                    for (State state : State.values()) {
                        samples.add(state == now ? 1 : 0, target.name(), text(state));
                    }
                });
        breakers(
                Meter.counter(
                        "seawall.breaker.transitions", "How often the circuit has come to a state.", TARGET, STATE),
                (target, samples) -> {
                    for (State state : State.values()) {
                        samples.add(target.transitions(state), target.name(), text(state));
                    }
                });
        breakers(
                Meter.counter("seawall.breaker.refusals", "Attempts that the circuit has refused.", TARGET),
                (target, samples) ->
                        target.breaker().ifPresent(breaker -> samples.add(breaker.refused(), target.name())));
    }

    private void registerBulkheads() {
        bulkheads(
                Meter.gauge("seawall.bulkhead.used", "Calls that are under way, as the bulkhead counts them.", TARGET),
                Bulkhead::inUse);
        bulkheads(
                Meter.gauge("seawall.bulkhead.waiting", "Calls that wait for another to end.", TARGET),
                Bulkhead::waiting);
        registry.readAll(
                Meter.gauge("seawall.queue.depth", "Calls that wait for a place, over all targets of the application."),
                samples -> samples.add(waiting()));
        bulkheads(Meter.gauge("seawall.bulkhead.limit", "How many calls may be under way.", TARGET), Bulkhead::max);
        bulkheads(
                Meter.counter("seawall.bulkhead.refusals", "Attempts that the bulkhead has refused.", TARGET),
                Bulkhead::refused);
    }

    private long waiting() {
        return targets.get().stream()
                .flatMap(target -> target.bulkhead().stream())
                .mapToLong(Bulkhead::waiting)
                .sum();
    }

    private void each(Meter meter, BiConsumer<Target, Samples> read) {
        registry.readAll(meter, samples -> targets.get().forEach(target -> read.accept(target, samples)));
    }

    private void breakers(Meter meter, BiConsumer<Target, Samples> read) {
        each(meter, (target, samples) -> {
            if (target.breaker().isPresent()) {
                read.accept(target, samples);
            }
        });
    }

    private void bulkheads(Meter meter, ToLongFunction<Bulkhead> read) {
        each(
                meter,
                (target, samples) -> target.bulkhead()
                        .ifPresent(bulkhead -> samples.add(read.applyAsLong(bulkhead), target.name())));
    }

    private static String text(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
