package io.seawall.resilience.stale;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.LaterResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers a call that fails later; and one that takes longer than its soft deadline, if there is one. No thread waits.
 *
 * @param <C> what is called
 */
final class AsyncStaleStrategy<C> implements AsyncStrategy<C> {

    private final KeptAnswers kept;
    private final Function<? super C, Object> key;
    private final Predicate<? super C> allowed;
    private final @Nullable SoftDeadline softDeadline;
    private final AsyncStrategy<C> inner;

    AsyncStaleStrategy(
            KeptAnswers kept,
            Function<? super C, Object> key,
            Predicate<? super C> allowed,
            @Nullable SoftDeadline softDeadline,
            AsyncStrategy<C> inner) {
        this.kept = kept;
        this.key = key;
        this.allowed = allowed;
        this.softDeadline = softDeadline;
        this.inner = inner;
    }

    @Override
    public CompletionStage<@Nullable Object> start(C call, Deadline deadline) {
        Object asked;
        boolean answerable;
        Answer last;
        try {
            asked = key.apply(call);
            answerable = allowed.test(call);
            last = softDeadline != null && answerable ? kept.youngEnough(asked) : null;
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        }
        if (softDeadline == null || last == null) {
            return started(asked, answerable, call, deadline, kept::give);
        }
        if (softDeadline.slow().isAnsweredAtOnce(asked)) {
            return CompletableFuture.completedFuture(kept.giveAtOnce(last));
        }
        LaterOutcome outcome = new LaterOutcome(asked, kept, softDeadline);
        try {
            outcome.watch();
        } catch (Throwable noThread) {
            return started(asked, true, call, deadline, kept::give); // without a soft deadline, then
        }
        started(asked, true, call, deadline, outcome::give).whenComplete(outcome::ended);
        return outcome.stage();
    }

    /** A stage of our own: one that depends on another would wrap its failure. */
    private CompletionStage<@Nullable Object> started(
            Object asked, boolean answerable, C call, Deadline deadline, Function<Answer, @Nullable Object> give) {
        CompletionStage<@Nullable Object> stage = inner.start(call, deadline);
        CompletableFuture<@Nullable Object> answer = new LaterResult<>(stage);
        stage.handle((value, failure) -> {
            try {
                settle(answer, asked, answerable, value, failure, give);
            } catch (Throwable broken) {
                answer.completeExceptionally(broken);
            }
            return null;
        });
        return answer;
    }

    private void settle(
            CompletableFuture<@Nullable Object> answer,
            Object asked,
            boolean answerable,
            @Nullable Object value,
            @Nullable Throwable failure,
            Function<Answer, @Nullable Object> give) {
        if (failure == null) {
            kept.keep(asked, value);
            answer.complete(value);
            return;
        }
        Answer last = answerable && KeptAnswers.mayStandInFor(failure) ? kept.youngEnough(asked) : null;
        if (last == null) {
            answer.completeExceptionally(failure);
        } else {
            answer.complete(give.apply(last));
        }
    }
}
