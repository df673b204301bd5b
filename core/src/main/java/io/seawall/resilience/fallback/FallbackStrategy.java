package io.seawall.resilience.fallback;

import io.seawall.resilience.Failures;
import io.seawall.resilience.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * Gives another answer when the call fails. An {@link Error} and an interrupt pass, wrapped ones too: the one is beyond an answer, the other
 * asks the thread to stop.
 *
 * @param <C> what is called
 */
public final class FallbackStrategy<C> implements Strategy<C> {

    private final Recovery<C> recovery;
    private final Strategy<C> inner;

    /**
     * Wraps a strategy.
     *
     * @param recovery the other answer
     * @param inner the call
     */
    public FallbackStrategy(Recovery<C> recovery, Strategy<C> inner) {
        this.recovery = recovery;
        this.inner = inner;
    }

    @Override
    public @Nullable Object execute(C call) throws Exception {
        try {
            return inner.execute(call);
        } catch (Exception failure) {
            if (Failures.isFinal(failure)) {
                throw failure;
            }
            return recovery.recover(call, failure);
        }
    }
}
