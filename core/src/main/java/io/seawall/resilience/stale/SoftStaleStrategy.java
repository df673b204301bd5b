package io.seawall.resilience.stale;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.Strategy;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers a call that takes longer than its soft deadline, while it goes on. For that the call has to be made on another thread, which is
 * done only where there is something to answer it with; all other calls are made where they come from.
 *
 * @param <C> what is called
 */
final class SoftStaleStrategy<C> implements Strategy<C> {

    private final KeptAnswers kept;
    private final Function<? super C, Object> key;
    private final Predicate<? super C> mayLeave;
    private final SoftDeadline softDeadline;
    private final Strategy<C> inner;
    private final StaleStrategy<C> inPlace;

    /**
     * A strategy.
     *
     * @param mayLeave whether the call may be made on another thread and answered by an old answer
     * @param inPlace the same without a soft deadline
     */
    SoftStaleStrategy(
            KeptAnswers kept,
            Function<? super C, Object> key,
            Predicate<? super C> mayLeave,
            SoftDeadline softDeadline,
            Strategy<C> inner,
            StaleStrategy<C> inPlace) {
        this.kept = kept;
        this.key = key;
        this.mayLeave = mayLeave;
        this.softDeadline = softDeadline;
        this.inner = inner;
        this.inPlace = inPlace;
    }

    @Override
    public @Nullable Object execute(C call, Deadline deadline) throws Exception {
        Object asked = key.apply(call);
        Answer last = mayLeave.test(call) ? kept.youngEnough(asked) : null;
        if (last == null) {
            return inPlace.execute(asked, call, deadline);
        }
        if (softDeadline.slow().isAnsweredAtOnce(asked)) {
            return kept.giveAtOnce(last);
        }
        AwayCall<C> away = new AwayCall<>(asked, call, deadline, inner, kept, softDeadline.slow());
        softDeadline.timer().set(away, softDeadline.nanos());
        try {
            try {
                softDeadline.executor().execute(away);
            } catch (Throwable noThread) { // busy, closed, or the machine has none left
                if (away.take()) {
                    return inPlace.execute(asked, call, deadline);
                }
            }
            return awaited(away, asked, call, deadline);
        } finally {
            softDeadline.timer().unset(away);
        }
    }

    private @Nullable Object awaited(AwayCall<C> away, Object asked, C call, Deadline deadline) throws Exception {
        away.awaitSoftDeadline();
        if (!away.isOver()) {
            Answer last = kept.youngEnough(asked);
            if (last != null) {
                away.leave();
                return kept.give(last);
            }
            if (away.take()) { // no thread was free for it until now
                return inPlace.execute(asked, call, deadline);
            }
        }
        try {
            return away.join();
        } catch (Exception failure) {
            return inPlace.inPlaceOf(failure, asked, call);
        }
    }
}
