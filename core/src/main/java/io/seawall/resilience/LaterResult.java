package io.seawall.resilience;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a layer makes of a result that comes later. Whoever cancels it cancels that of the layer inside, too, if that is one of
 * these: so no other attempt is made for a caller who has gone. The stage of the call itself is left alone.
 *
 * @param <T> what it comes to
 */
public final class LaterResult<T extends @Nullable Object> extends CompletableFuture<T> {

    private final @Nullable LaterResult<?> inside;

    /** Of nothing inside. */
    public LaterResult() {
        this.inside = null;
    }

    /**
     * Of the result of a layer inside.
     *
     * @param inside what the layer inside answered with
     */
    public LaterResult(CompletionStage<?> inside) {
        this.inside = inside instanceof LaterResult<?> one ? one : null;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled && inside != null) {
            inside.cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }

    /** What hangs on it is its own: to cancel that cancels nothing here. */
    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
