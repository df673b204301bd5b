package io.seawall.interceptors;

import io.seawall.resilience.retry.Backoff;
import io.seawall.resilience.retry.BudgetPolicy;
import io.seawall.resilience.retry.Growth;
import io.seawall.resilience.retry.Jitter;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.time.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads when a call is made again. */
final class RetrySettings {

    /** In place of a budget. */
    private static final String NO_BUDGET = "none";

    private RetrySettings() {}

    static RetryPolicy read(Members members, Retry retry, MethodResult result, boolean ofClass) {
        int maxRetries = members.number("retry.maxRetries", retry.maxRetries());
        Duration backoff = members.parse("retry.backoff", retry.backoff(), DurationText::parse);
        Duration maxBackoff = members.parse("retry.maxBackoff", retry.maxBackoff(), DurationText::parse);
        Growth growth = members.choice("retry.growth", retry.growth(), Growth.class);
        Jitter jitter = members.choice("retry.jitter", retry.jitter(), Jitter.class);
        List<Class<? extends Throwable>> on = members.throwables("retry.on", retry.on());
        List<Class<? extends Throwable>> abortOn = members.throwables("retry.abortOn", retry.abortOn());
        List<Class<? extends Predicate<?>>> onResult = members.predicates("retry.onResult", retry.onResult());
        Predicate<@Nullable Object> notGoodEnough = members.<@Nullable Predicate<@Nullable Object>>check(
                "retry.onResult",
                () -> hasResult(result, onResult, ofClass || retry.onResult().length == 0)
                        ? ResultPredicates.anyOf(onResult, result)
                        : null);
        return members.check(
                "retry",
                () -> new RetryPolicy(
                        maxRetries, new Backoff(backoff, maxBackoff, growth, jitter), on, abortOn, notGoodEnough));
    }

    /** A method without results is left alone if they are asked for of others too: of a class, or from outside of a target. */
    private static boolean hasResult(MethodResult result, List<?> predicates, boolean ofOthersToo) {
        if (result.type() == Void.class && !predicates.isEmpty() && !ofOthersToo) {
            throw new IllegalArgumentException("the method returns nothing that could be tested: leave it out");
        }
        return result.type() != Void.class;
    }

    /** Null where retries have no bound in common. */
    static @Nullable BudgetPolicy budget(Members members, Retry retry) {
        return members.<@Nullable BudgetPolicy>parse(
                "retry.budget",
                retry.budget(),
                text -> text.strip().equals(NO_BUDGET) ? null : BudgetPolicy.parse(text));
    }
}
