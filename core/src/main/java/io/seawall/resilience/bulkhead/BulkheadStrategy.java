package io.seawall.resilience.bulkhead;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * Calls with a permit, which it gives back when the call has returned.
 *
 * @param <C> what is called
 */
final class BulkheadStrategy<C> implements Strategy<C> {

    private final Bulkhead bulkhead;
    private final Strategy<C> inner;

    BulkheadStrategy(Bulkhead bulkhead, Strategy<C> inner) {
        this.bulkhead = bulkhead;
        this.inner = inner;
    }

    @Override
    public @Nullable Object execute(C call, Deadline deadline) throws Exception {
        bulkhead.take(deadline);
        try {
            return inner.execute(call, deadline);
        } finally {
            bulkhead.release();
        }
    }
}
