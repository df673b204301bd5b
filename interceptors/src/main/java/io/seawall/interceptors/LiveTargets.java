package io.seawall.interceptors;

import io.seawall.interceptors.jmx.Operator;
import io.seawall.interceptors.settings.Overrides;
import io.seawall.interceptors.transaction.NewTransaction;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.circuitbreaker.CircuitView;
import io.seawall.resilience.pipeline.Target;
import io.seawall.resilience.pipeline.Targets;
import jakarta.enterprise.inject.spi.DefinitionException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The targets of one application, as its beans and whoever runs it get at them. */
final class LiveTargets implements SeawallTargets, Operator {

    private static final Logger LOG = System.getLogger(LiveTargets.class.getName());

    private final Targets targets;
    private final PipelineCompiler deployed;
    private final NewTransaction newTransaction;
    private final Consumer<List<String>> perAttempt;
    private final @Nullable ClassLoader ofApplication = Thread.currentThread().getContextClassLoader();

    /**
     * Those of the application that is being deployed on this thread.
     *
     * @param deployed has compiled everything
     * @param newTransaction for methods that want one for each attempt
     * @param perAttempt throws an IllegalArgumentException if these methods want one and nobody can begin it
     */
    LiveTargets(
            Targets targets,
            PipelineCompiler deployed,
            NewTransaction newTransaction,
            Consumer<List<String>> perAttempt) {
        this.targets = targets;
        this.deployed = deployed;
        this.newTransaction = newTransaction;
        this.perAttempt = perAttempt;
    }

    @Override
    public Set<String> names() {
        return targets.all().stream().map(Target::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Optional<CircuitBreaker.State> breakerState(String target) {
        return find(target).breaker().map(CircuitBreaker::state);
    }

    @Override
    public Optional<CircuitView> circuit(String target) {
        return find(target).breaker().map(CircuitBreaker::view);
    }

    @Override
    public boolean isRefusing(String target) {
        return find(target).breaker().map(CircuitBreaker::isRefusing).orElse(false);
    }

    @Override
    public List<String> settings(String target) {
        return deployed.compiled().settings(find(target).name());
    }

    @Override
    public void forceOpen(String target) {
        breaker(target).forceOpen();
    }

    @Override
    public void disable(String target) {
        breaker(target).disable();
    }

    @Override
    public void reset(String target) {
        breaker(target).reset();
    }

    @Override
    public List<String> reread(String target) {
        String known = find(target).name();
        return asApplication(() -> reread(known, deployed.overrides().again()));
    }

    @Override
    public List<String> rereadAll() {
        return asApplication(() -> {
            Overrides settings = deployed.overrides().again();
            List<String> changes = new ArrayList<>();
            List<String> problems = new ArrayList<>();
            for (String target : names()) {
                try {
                    reread(target, settings).forEach(change -> changes.add(target + ": " + change));
                } catch (IllegalArgumentException wrong) {
                    problems.add(wrong.getMessage());
                }
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", problems)
                        + (changes.isEmpty() ? "" : "; what has changed all the same: " + String.join("; ", changes)));
            }
            return changes;
        });
    }

    private List<String> reread(String target, Overrides settings) {
        List<String> unknown = settings.unknownMembers(List.of(target), Members.NAMES);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", unknown));
        }
        PipelineCompiler compiler = new PipelineCompiler(settings, targets, newTransaction);
        List<String> changes;
        try {
            changes = deployed.compiled()
                    .recompile(target, compiler, targets, () -> perAttempt.accept(compiler.takePerAttempt()));
        } catch (DefinitionException wrong) { // which whoever asks by JMX does not have
            throw new IllegalArgumentException(wrong.getMessage(), wrong.getCause());
        }
        if (changes.isEmpty()) { // else it is an event
            LOG.log(Level.INFO, () -> CompiledTargets.reread(target, "nothing has changed"));
        } else {
            compiler.warnings().take().forEach(warning -> LOG.log(Level.WARNING, () -> warning));
        }
        return changes;
    }

    private Target find(String target) {
        return targets.find(target)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no target '" + target + "': the targets are " + names()));
    }

    private CircuitBreaker breaker(String target) {
        return find(target)
                .breaker()
                .orElseThrow(() -> new IllegalStateException("target '" + target + "' has no circuit breaker: set"
                        + " breaker.failures, breaker.failurePercent or breaker.slowPercent for it"));
    }

    /** Whoever asks by JMX comes on a thread of nobody, and MicroProfile Config looks for the application of the thread. */
    private <T> T asApplication(Supplier<T> reading) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ofApplication);
        try {
            return reading.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
