package io.seawall.resilience.fallback;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.Failures;
import io.seawall.resilience.Strategy;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives another answer when the call fails. An {@link Error} and an interrupt pass, wrapped ones too: the one is beyond an answer, the other
 * asks the thread to stop.
 *
 * @param <C> what is called
 */
final class FallbackStrategy<C> implements Strategy<C> {

    private final Recovery<C> recovery;
    private final Predicate<? super C> allowed;
    private final Strategy<C> inner;

    FallbackStrategy(Recovery<C> recovery, Predicate<? super C> allowed, Strategy<C> inner) {
        this.recovery = recovery;
        this.allowed = allowed;
        this.inner = inner;
    }

    @Override
    public @Nullable Object execute(C call, Deadline deadline) throws Exception {
        try {
            return inner.execute(call, deadline);
        } catch (Exception failure) {
            if (Failures.isFinal(failure) || !allowed.test(call)) {
                throw failure;
            }
            return recovery.recover(call, failure);
        }
    }
}
