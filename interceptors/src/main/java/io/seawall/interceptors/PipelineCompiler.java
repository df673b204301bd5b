package io.seawall.interceptors;

import io.seawall.interceptors.GuardedMethods.Guarded;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.Jitter;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.timeout.AttemptTimeoutStrategy;
import io.seawall.resilience.timeout.Timer;
import io.seawall.time.DurationText;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a pipeline of an annotation and of what is set from outside. */
final class PipelineCompiler {

    private final Overrides overrides;
    private final Timer timer;
    private final Targets targets = new Targets();
    private final Set<String> targetNames = new TreeSet<>();

    PipelineCompiler(Overrides overrides, Timer timer) {
        this.overrides = overrides;
        this.timer = timer;
    }

    /** The targets met so far, in order. */
    Set<String> targets() {
        return targetNames;
    }

    /**
     * Compiles the pipeline of a method.
     *
     * @throws DefinitionException that names class, method, member and rule
     */
    Pipeline<InvocationContext> compile(Class<?> beanClass, Guarded guarded) {
        Method method = guarded.method();
        Resilient resilient = guarded.resilient();
        String where = beanClass.getName() + "." + method.getName();
        String target =
                resilient.target().isBlank() ? where : resilient.target().strip();
        Members members = new Members(where, target, overrides, beanClass.getClassLoader());
        targetNames.add(target);

        Pipeline.Builder<InvocationContext> pipeline = Pipeline.around(target, InvocationContext::proceed);
        pipeline.retry(retry(members, resilient.retry()));
        Duration timeout = timeout(members, resilient);
        if (timeout != null) {
            pipeline.attemptTimeout(timeout, timer);
        }
        BreakerPolicy breaker = breaker(members, resilient.breaker());
        if (breaker != null) {
            pipeline.breaker(members.check("breaker", () -> targets.breaker(target, breaker)));
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
        return pipeline.build();
    }

    private static @Nullable Duration timeout(Members members, Resilient resilient) {
        return members.<@Nullable Duration>parse(
                "timeout",
                resilient.timeout(),
                text -> text.isBlank() ? null : AttemptTimeoutStrategy.requireLimit(DurationText.parse(text)));
    }

    private static RetryPolicy retry(Members members, Retry retry) {
        int maxRetries = members.number("retry.maxRetries", retry.maxRetries());
        Duration backoff = members.parse("retry.backoff", retry.backoff(), DurationText::parse);
        Duration maxBackoff = members.parse("retry.maxBackoff", retry.maxBackoff(), DurationText::parse);
        Jitter jitter = members.choice("retry.jitter", retry.jitter(), Jitter.class);
        List<Class<? extends Throwable>> on = members.throwables("retry.on", retry.on());
        List<Class<? extends Throwable>> abortOn = members.throwables("retry.abortOn", retry.abortOn());
        return members.check("retry", () -> new RetryPolicy(maxRetries, backoff, maxBackoff, jitter, on, abortOn));
    }

    private static @Nullable BreakerPolicy breaker(Members members, Breaker breaker) {
        int failures = members.number("breaker.failures", breaker.failures());
        Duration within = members.parse("breaker.within", breaker.within(), DurationText::parse);
        Duration openFor = members.parse("breaker.openFor", breaker.openFor(), DurationText::parse);
        return failures == 0 ? null : members.check("breaker", () -> new BreakerPolicy(failures, within, openFor));
    }
}
