package io.seawall.test;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A stage of somebody else's making: it takes nobody who wants to hear of its end, or tells of it twice. */
public final class OddStage extends CompletableFuture<@Nullable Object> {

    private final @Nullable RuntimeException refusal;

    /** One that is over, and says so twice. */
    public OddStage() {
        this.refusal = null;
    }

    /**
     * One that takes nobody.
     *
     * @param refusal what it throws instead
     */
    public OddStage(RuntimeException refusal) {
        this.refusal = refusal;
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> handle(
            BiFunction<? super @Nullable Object, @Nullable Throwable, ? extends U> listener) {
        if (refusal != null) {
            throw refusal;
        }
        var unused = listener.apply("result", null);
        return CompletableFuture.completedFuture(listener.apply("result", null));
    }
}
