package io.seawall.resilience.pipeline;

import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.chaos.ChaosPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.retry.BudgetPolicy;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What one pipeline wants of that which the pipelines of a target share; null for what it does without.
 *
 * @param limit the longest that an attempt of it takes; it is nobody's but the breaker's to know
 */
record SharedPolicies(
        @Nullable BreakerPolicy breaker,
        @Nullable BudgetPolicy budget,
        @Nullable BulkheadPolicy bulkhead,
        @Nullable ChaosPolicy chaos,
        @Nullable Duration limit) {

    static final SharedPolicies NONE = new SharedPolicies(null, null, null, null, null);

    /**
     * What all of them want together.
     *
     * @throws IllegalArgumentException if two want one thing differently
     */
    static SharedPolicies ofAll(String target, Collection<SharedPolicies> all) {
        SharedPolicies together = NONE;
        for (SharedPolicies one : all) {
            together = new SharedPolicies(
                    agreed(target, "circuit", together.breaker, one.breaker),
                    agreed(target, "retry budget", together.budget, one.budget),
                    agreed(target, "bulkhead", together.bulkhead, one.bulkhead),
                    agreed(target, "chaos", together.chaos, one.chaos),
                    longer(together.limit, one.limit));
        }
        return together;
    }

    private static <P> @Nullable P agreed(String target, String what, @Nullable P before, @Nullable P now) {
        if (before == null || now == null) {
            return before == null ? now : before;
        }
        if (!before.equals(now)) {
            throw new IllegalArgumentException("target '" + target + "' has one " + what + " and two rules for it: "
                    + before + " and " + now + "; give both places the same, or another target");
        }
        return before;
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? other : one;
    }
}
