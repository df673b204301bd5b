package io.seawall.interceptors;

import io.seawall.interceptors.GuardedMethods.Guarded;
import io.seawall.interceptors.settings.Overrides;
import io.seawall.interceptors.transaction.CurrentTransaction;
import io.seawall.interceptors.transaction.NewTransaction;
import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.chaos.ChaosPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.FailureRule;
import io.seawall.resilience.circuitbreaker.OpenPeriod;
import io.seawall.resilience.circuitbreaker.Over;
import io.seawall.resilience.circuitbreaker.RateRule;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.Backoff;
import io.seawall.resilience.retry.BudgetPolicy;
import io.seawall.resilience.retry.Growth;
import io.seawall.resilience.retry.Jitter;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.timeout.AttemptTimeoutLayer;
import io.seawall.resilience.timeout.DeadlineLayer;
import io.seawall.time.DurationText;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** Makes a pipeline of an annotation and of what is set from outside. */
final class PipelineCompiler {

    /** How long all back-off of a call may keep the write lock of a singleton, and with it everyone who calls it. */
    private static final Duration TOTAL_BACKOFF_UNDER_LOCK = Duration.ofMillis(100);

    /** In place of a budget. */
    private static final String NO_BUDGET = "none";

    private static final String MICROPROFILE_RETRY = "org.eclipse.microprofile.faulttolerance.Retry";

    private final Overrides overrides;
    private final Targets targets;
    private final NewTransaction newTransaction;
    private final CurrentTransaction transaction = new CurrentTransaction();
    private final Warnings warnings = new Warnings();
    private final CompiledTargets compiled = new CompiledTargets();

    /** Read while another thread may still compile: message-driven beans may be deployed side by side. */
    private final Set<String> targetNames = new ConcurrentSkipListSet<>();

    private final Set<String> perAttempt = new ConcurrentSkipListSet<>();

    PipelineCompiler(Overrides overrides, Targets targets, NewTransaction newTransaction) {
        this.overrides = overrides;
        this.targets = targets;
        this.newTransaction = newTransaction;
    }

    /** The targets met so far, in order. */
    Set<String> targets() {
        return targetNames;
    }

    /** What is not wrong, but does less than it seems to. */
    Warnings warnings() {
        return warnings;
    }

    /** The methods that want a new transaction for each attempt, in order; those that were not asked for yet. */
    List<String> takePerAttempt() {
        List<String> taken = new ArrayList<>();
        perAttempt.removeIf(taken::add);
        return taken;
    }

    /**
     * Compiles the pipeline of a method.
     *
     * @param ejb what the EJB container does around the method; null if it is no EJB
     * @throws DefinitionException that names class, method, member and rule
     */
    Pipeline<InvocationContext> compile(Class<?> beanClass, Guarded guarded, @Nullable SessionBeanTraits ejb) {
        return compiled.compile(new MethodSource(beanClass, guarded, ejb), this);
    }

    /** All that this one has compiled. */
    CompiledTargets compiled() {
        return compiled;
    }

    Overrides overrides() {
        return overrides;
    }

    /** All parts of the pipeline. */
    Pipeline.Builder<InvocationContext> gather(MethodSource source, Members members) {
        Class<?> beanClass = source.beanClass();
        Guarded guarded = source.guarded();
        SessionBeanTraits ejb = source.ejb();
        Method method = guarded.method();
        Resilient resilient = guarded.resilient();
        String where = source.where();
        String target = source.target();
        targetNames.add(target);

        Pipeline.Builder<InvocationContext> pipeline = targets.around(target, InvocationContext::proceed);
        RetryPolicy retry = retry(members, resilient.retry());
        pipeline.retry(ejb != null && ejb.locks() ? underLock(where, retry) : retry);
        Duration timeout = timeout(members, resilient);
        if (timeout != null) {
            pipeline.timeout(timeout);
        }
        pipeline.interrupt(members.flag("interrupt", resilient.interrupt()));
        Duration deadline = deadline(members, resilient);
        if (deadline != null) {
            pipeline.deadline(deadline);
        }
        BudgetPolicy budget = budget(members, resilient.retry());
        if (budget == null) {
            pipeline.noBudget();
        } else {
            pipeline.budget(budget);
        }
        pipeline.memory(Parameters.of(method));
        BreakerPolicy breaker = breaker(members, resilient.breaker());
        if (breaker != null) {
            pipeline.breaker(breaker);
        }
        BulkheadPolicy bulkhead = bulkhead(members, resilient.bulkhead());
        if (bulkhead != null) {
            pipeline.bulkhead(bulkhead);
        }
        ChaosPolicy chaos = chaos(members);
        if (chaos != null) {
            pipeline.chaos(chaos);
        }
        String fallback = members.text("fallback", resilient.fallback());
        if (!fallback.isBlank()) {
            pipeline.fallback(members.check("fallback", () -> {
                if (guarded.fromClass()) {
                    throw new IllegalArgumentException(
                            "one method cannot stand in for all methods of a class: put @Resilient on the method");
                }
                return FallbackMethod.find(beanClass, method, fallback.strip());
            }));
        }
        if (retry.maxRetries() > 0 && guarded.isAlso(MICROPROFILE_RETRY)) {
            warnings.alsoMicroProfile(where);
        }
        boolean recovers = retry.maxRetries() > 0 || !fallback.isBlank();
        guardTransaction(pipeline, where, members, resilient, ejb, recovers);
        return pipeline;
    }

    private void guardTransaction(
            Pipeline.Builder<InvocationContext> pipeline,
            String where,
            Members members,
            Resilient resilient,
            @Nullable SessionBeanTraits ejb,
            boolean recovers) {
        TransactionMode mode = members.choice("transaction", resilient.transaction(), TransactionMode.class);
        boolean warned = mode == TransactionMode.NO_RETRY && recovers && ejb != null && ejb.mayHaveTransaction();
        if (warned) {
            warnings.insideTransaction(where);
        }
        TransactionGuard guard = new TransactionGuard(where, mode, transaction::state, warned || !recovers);
        pipeline.recoverIf(guard);
        if (mode == TransactionMode.PER_ATTEMPT) {
            members.check("transaction", () -> requireContainerManaged(ejb));
            perAttempt.add(where);
            pipeline.attemptScope(attempt ->
                    (call, deadline) -> newTransaction.run(inside -> attempt.execute(inside, deadline), call));
        } else if (mode == TransactionMode.NO_RETRY) {
            pipeline.attemptScope(guard::marking);
        }
    }

    private static boolean requireContainerManaged(@Nullable SessionBeanTraits ejb) {
        if (ejb != null && ejb.managesTransactions()) {
            throw new IllegalArgumentException(
                    "PER_ATTEMPT is for transactions that the container manages, and this bean"
                            + " manages its own: remove the one or the other");
        }
        return true;
    }

    private RetryPolicy underLock(String where, RetryPolicy retry) {
        RetryPolicy cut = retry.withTotalBackoff(TOTAL_BACKOFF_UNDER_LOCK);
        if (retry.maxRetries() > 0 && !cut.equals(retry)) {
            warnings.backoffUnderLock(where, TOTAL_BACKOFF_UNDER_LOCK);
        }
        return cut;
    }

    private static @Nullable Duration duration(Members members, String member, String annotated) {
        return members.<@Nullable Duration>parse(
                member, annotated, text -> text.isBlank() ? null : DurationText.parse(text));
    }

    private static @Nullable Duration timeout(Members members, Resilient resilient) {
        return members.<@Nullable Duration>parse(
                "timeout",
                resilient.timeout(),
                text -> text.isBlank() ? null : AttemptTimeoutLayer.requireLimit(DurationText.parse(text)));
    }

    private static @Nullable Duration deadline(Members members, Resilient resilient) {
        return members.<@Nullable Duration>parse(
                "deadline",
                resilient.deadline(),
                text -> text.isBlank() ? null : DeadlineLayer.requireTotal(DurationText.parse(text)));
    }

    private static RetryPolicy retry(Members members, Retry retry) {
        int maxRetries = members.number("retry.maxRetries", retry.maxRetries());
        Duration backoff = members.parse("retry.backoff", retry.backoff(), DurationText::parse);
        Duration maxBackoff = members.parse("retry.maxBackoff", retry.maxBackoff(), DurationText::parse);
        Growth growth = members.choice("retry.growth", retry.growth(), Growth.class);
        Jitter jitter = members.choice("retry.jitter", retry.jitter(), Jitter.class);
        List<Class<? extends Throwable>> on = members.throwables("retry.on", retry.on());
        List<Class<? extends Throwable>> abortOn = members.throwables("retry.abortOn", retry.abortOn());
        return members.check(
                "retry",
                () -> new RetryPolicy(maxRetries, new Backoff(backoff, maxBackoff, growth, jitter), on, abortOn, null));
    }

    private static @Nullable BudgetPolicy budget(Members members, Retry retry) {
        return members.<@Nullable BudgetPolicy>parse(
                "retry.budget",
                retry.budget(),
                text -> text.strip().equals(NO_BUDGET) ? null : BudgetPolicy.parse(text));
    }

    private static @Nullable BulkheadPolicy bulkhead(Members members, Bulkhead bulkhead) {
        int max = members.number("bulkhead.max", bulkhead.max());
        Duration maxWait = duration(members, "bulkhead.maxWait", bulkhead.maxWait());
        return max == 0
                ? null
                : members.check("bulkhead", () -> new BulkheadPolicy(max, maxWait == null ? Duration.ZERO : maxWait));
    }

    /** Of no annotation: nobody misbehaves unless whoever runs the application says so. */
    private static @Nullable ChaosPolicy chaos(Members members) {
        Duration delay = duration(members, "chaos.delay", "");
        int delayPercent = members.number("chaos.delayPercent", 0);
        int failurePercent = members.number("chaos.failurePercent", 0);
        if (delay == null && delayPercent == 0 && failurePercent == 0) {
            return null;
        }
        return members.check(
                "chaos", () -> new ChaosPolicy(delay == null ? Duration.ZERO : delay, delayPercent, failurePercent));
    }

    private static @Nullable BreakerPolicy breaker(Members members, Breaker breaker) {
        int failures = members.number("breaker.failures", breaker.failures());
        Duration within = members.parse("breaker.within", breaker.within(), DurationText::parse);
        int failurePercent = members.number("breaker.failurePercent", breaker.failurePercent());
        int slowPercent = members.number("breaker.slowPercent", breaker.slowPercent());
        Duration slowerThan = duration(members, "breaker.slowerThan", breaker.slowerThan());
        int minCalls = members.number("breaker.minCalls", breaker.minCalls());
        int lastCalls = members.number("breaker.lastCalls", breaker.lastCalls());
        Duration openFor = members.parse("breaker.openFor", breaker.openFor(), DurationText::parse);
        Duration maxOpenFor = duration(members, "breaker.maxOpenFor", breaker.maxOpenFor());
        int probes = members.number("breaker.probes", breaker.probes());
        List<Class<? extends Throwable>> ignore = members.throwables("breaker.ignore", breaker.ignore());
        boolean hasRates = failurePercent != 0 || slowPercent != 0 || slowerThan != null;
        if (failures == 0 && !hasRates) {
            return null;
        }
        return members.check("breaker", () -> {
            Over over = lastCalls == 0 ? new Over.Time(within) : new Over.Calls(lastCalls);
            return new BreakerPolicy(
                    failures == 0 ? null : new FailureRule(failures, within),
                    hasRates ? new RateRule(failurePercent, slowPercent, slowerThan, minCalls, over) : null,
                    maxOpenFor == null ? OpenPeriod.startingAt(openFor) : new OpenPeriod(openFor, maxOpenFor),
                    probes,
                    ignore);
        });
    }
}
