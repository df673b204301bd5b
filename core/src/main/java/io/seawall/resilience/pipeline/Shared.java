package io.seawall.resilience.pipeline;

import io.seawall.resilience.bulkhead.Bulkhead;
import io.seawall.resilience.chaos.Chaos;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.retry.RetryBudget;
import org.jspecify.annotations.Nullable;

/** What the pipelines of a target share; null for what none of them wants. */
record Shared(
        @Nullable CircuitBreaker breaker,
        @Nullable RetryBudget budget,
        @Nullable Bulkhead bulkhead,
        @Nullable Chaos chaos) {

    static final Shared NONE = new Shared(null, null, null, null);
}
