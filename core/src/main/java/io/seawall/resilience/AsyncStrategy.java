package io.seawall.resilience;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One layer around a call whose result comes later: starts what it wraps once, several times or not at all, and answers
 * for it. Never throws and never blocks: a refusal is a stage that has failed.
 *
 * <p>Implementations are thread-safe, and keep nothing of a call after it.
 *
 * @param <C> what is called
 */
@FunctionalInterface
public interface AsyncStrategy<C> {

    /**
     * Starts the call.
     *
     * @param call what is called; handed inwards as it is
     * @param deadline what is left of the caller's patience
     * @return completes with what the call came to, or with what stands in for it
     */
    CompletionStage<@Nullable Object> start(C call, Deadline deadline);
}
