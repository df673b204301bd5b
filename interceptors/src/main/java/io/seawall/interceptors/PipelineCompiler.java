package io.seawall.interceptors;

import io.seawall.interceptors.GuardedMethods.Guarded;
import io.seawall.interceptors.settings.Overrides;
import io.seawall.interceptors.transaction.CurrentTransaction;
import io.seawall.interceptors.transaction.NewTransaction;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.chaos.ChaosPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.BudgetPolicy;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.stale.StalePolicy;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a pipeline of an annotation and of what is set from outside. */
final class PipelineCompiler {

    /** How long all back-off of a call may keep the write lock of a singleton, and with it everyone who calls it. */
    private static final Duration TOTAL_BACKOFF_UNDER_LOCK = Duration.ofMillis(100);

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
     * Compiles the pipeline of a method, and says how it is called.
     *
     * @param ejb what the EJB container does around the method; null if it is no EJB
     * @throws DefinitionException that names class, method, member and rule
     */
    GuardedCall guard(Class<?> beanClass, Guarded guarded, @Nullable SessionBeanTraits ejb) {
        MethodSource source = new MethodSource(beanClass, guarded, ejb);
        return GuardedCall.of(MethodResult.of(beanClass, guarded), source.target(), compiled.compile(source, this));
    }

    /** All that this one has compiled. */
    CompiledTargets compiled() {
        return compiled;
    }

    Overrides overrides() {
        return overrides;
    }

    /** All parts of the pipeline. */
    Pipeline.Builder<InvocationContext> gather(MethodSource source, Members members, MethodAnswers answers) {
        Class<?> beanClass = source.beanClass();
        Guarded guarded = source.guarded();
        SessionBeanTraits ejb = source.ejb();
        Method method = guarded.method();
        Resilient resilient = guarded.resilient();
        String where = source.where();
        String target = source.target();
        MethodResult result = MethodResult.of(beanClass, guarded);
        targetNames.add(target);

        Pipeline.Builder<InvocationContext> pipeline = targets.around(target, InvocationContext::proceed);
        RetryPolicy retry = RetrySettings.read(members, resilient.retry(), result, guarded.fromClass());
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
        BudgetPolicy budget = RetrySettings.budget(members, resilient.retry());
        if (budget == null) {
            pipeline.noBudget();
        } else {
            pipeline.budget(budget);
        }
        pipeline.memory(Parameters.of(method));
        BreakerPolicy breaker = BreakerSettings.read(members, resilient.breaker());
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
        StalePolicy stale = StaleSettings.read(members, resilient.stale(), result, guarded);
        if (stale != null) {
            pipeline.stale(stale, answers.by(stale, targets.nanoTime()), CallArguments::of);
            if (stale.softDeadline() != null && ejb != null && !result.comesLater()) {
                warnings.softDeadlineOfEjb(where);
            }
        }
        String fallback = members.text("fallback", resilient.fallback());
        if (!fallback.isBlank()) {
            pipeline.fallback(members.check("fallback", () -> {
                if (guarded.fromClass()) {
                    throw new IllegalArgumentException(
                            "one method cannot stand in for all methods of a class: put @Resilient on the method");
                }
                return FallbackSearch.find(beanClass, method, fallback.strip());
            }));
        }
        if (retry.maxRetries() > 0 && guarded.isAlso(MICROPROFILE_RETRY)) {
            warnings.alsoMicroProfile(where);
        }
        if (result.isUnseen()) {
            warnings.unseenResult(where);
        }
        boolean callsAgain = retry.maxRetries() > 0 || !fallback.isBlank();
        TransactionMode mode = members.choice("transaction", resilient.transaction(), TransactionMode.class);
        boolean recovers = callsAgain || stale != null;
        boolean warned = mode == TransactionMode.NO_RETRY && recovers && ejb != null && ejb.mayHaveTransaction();
        if (warned) {
            warnings.insideTransaction(where);
        }
        TransactionGuard guard = new TransactionGuard(where, mode, transaction::state, warned || !recovers);
        if (result.comesLater()) {
            members.check("transaction", () -> requireNoScope(mode));
            members.check(retry.maxRetries() > 0 ? "retry" : "fallback", () -> requireNoPool(ejb, callsAgain));
            pipeline.recoverIf(guard::beforehand);
        } else {
            pipeline.recoverIf(guard);
            // A session bean goes back to its pool when its caller is answered, and a transaction stays with its
            // thread.
            pipeline.moveIf(call -> ejb == null && transaction.state() == CurrentTransaction.State.NONE);
            scope(pipeline, where, members, mode, ejb, retry.onResult() == null ? guard::marking : guard::markingAll);
        }
        return pipeline;
    }

    private void scope(
            Pipeline.Builder<InvocationContext> pipeline,
            String where,
            Members members,
            TransactionMode mode,
            @Nullable SessionBeanTraits ejb,
            UnaryOperator<Strategy<InvocationContext>> marking) {
        if (mode == TransactionMode.PER_ATTEMPT) {
            members.check("transaction", () -> requireContainerManaged(ejb));
            perAttempt.add(where);
            pipeline.attemptScope(attempt ->
                    (call, deadline) -> newTransaction.run(inside -> attempt.execute(inside, deadline), call));
        } else if (mode == TransactionMode.NO_RETRY) {
            pipeline.attemptScope(marking);
        }
    }

    private static boolean requireNoScope(TransactionMode mode) {
        if (mode == TransactionMode.PER_ATTEMPT) {
            throw new IllegalArgumentException(
                    "PER_ATTEMPT would end the transaction when the method returns, and not when"
                            + " its CompletionStage has the result: call a method that returns the result itself, or put"
                            + " @Transactional(REQUIRES_NEW) on what begins it");
        }
        return true;
    }

    private static boolean requireNoPool(@Nullable SessionBeanTraits ejb, boolean callsAgain) {
        if (ejb != null && callsAgain) {
            throw new IllegalArgumentException(
                    "the EJB container gives the bean to the next caller when the method returns,"
                            + " and not when its CompletionStage has the result, so it cannot be called again then: put @Resilient"
                            + " on a CDI bean, or set retry.maxRetries to 0 and leave the fallback out");
        }
        return true;
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

    private static @Nullable BulkheadPolicy bulkhead(Members members, Bulkhead bulkhead) {
        int max = members.number("bulkhead.max", bulkhead.max());
        Duration maxWait = members.duration("bulkhead.maxWait", bulkhead.maxWait());
        return members.<@Nullable BulkheadPolicy>check("bulkhead", () -> {
            if (max != 0) {
                return new BulkheadPolicy(max, maxWait == null ? Duration.ZERO : maxWait);
            }
            // From outside, all of it can be switched off by its places alone.
            if (bulkhead.max() == 0 && maxWait != null) {
                members.doesNothing(
                        "bulkhead",
                        "maxWait",
                        "maxWait is " + DurationText.format(maxWait)
                                + ", and there are places without number to wait for: say by max how many there are, or"
                                + " leave it out");
            }
            return null;
        });
    }

    /** Of no annotation: nobody misbehaves unless whoever runs the application says so. */
    private static @Nullable ChaosPolicy chaos(Members members) {
        Duration delay = members.duration("chaos.delay", "");
        int delayPercent = members.number("chaos.delayPercent", 0);
        int failurePercent = members.number("chaos.failurePercent", 0);
        if (delay == null && delayPercent == 0 && failurePercent == 0) {
            return null;
        }
        return members.check(
                "chaos", () -> new ChaosPolicy(delay == null ? Duration.ZERO : delay, delayPercent, failurePercent));
    }
}
