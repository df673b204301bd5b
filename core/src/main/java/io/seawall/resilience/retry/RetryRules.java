package io.seawall.resilience.retry;

import io.seawall.metrics.Counter;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the retries of all calls of a layer have in common. One object per layer: it stands for the layer in the marks on
 * failures.
 *
 * @param target whom the calls are for; for messages
 * @param policy when to retry
 * @param budget of the target; null for none
 * @param retries counts them
 * @param random the source of chance for the calling thread
 * @param retryAfter reads from a failure when another attempt may be made
 */
record RetryRules(
        String target,
        RetryPolicy policy,
        @Nullable RetryBudget budget,
        Counter retries,
        Supplier<? extends RandomGenerator> random,
        RetryAfterReader retryAfter) {

    /** A call begins. */
    void onCall() {
        if (budget != null) {
            budget.onCall();
        }
    }

    /** Whether a call that has returned is to be made again. */
    boolean retriesResult(@Nullable Object result) {
        return policy.onResult() != null && policy.onResult().test(result);
    }

    /** Takes a retry, if one is left. */
    boolean tryRetry() {
        boolean granted = budget == null || budget.tryRetry();
        if (granted) {
            retries.increment();
        }
        return granted;
    }
}
