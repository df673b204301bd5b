package io.seawall.resilience.stale;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.Strategy;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers a call that fails, on the thread of its caller.
 *
 * @param <C> what is called
 */
final class StaleStrategy<C> implements Strategy<C> {

    private final KeptAnswers kept;
    private final Function<? super C, Object> key;
    private final Predicate<? super C> allowed;
    private final Strategy<C> inner;

    StaleStrategy(KeptAnswers kept, Function<? super C, Object> key, Predicate<? super C> allowed, Strategy<C> inner) {
        this.kept = kept;
        this.key = key;
        this.allowed = allowed;
        this.inner = inner;
    }

    @Override
    public @Nullable Object execute(C call, Deadline deadline) throws Exception {
        return execute(key.apply(call), call, deadline);
    }

    @Nullable
    Object execute(Object asked, C call, Deadline deadline) throws Exception {
        @Nullable Object value;
        try {
            value = inner.execute(call, deadline);
        } catch (Exception failure) {
            return inPlaceOf(failure, asked, call);
        }
        kept.keep(asked, value);
        return value;
    }

    /** The last answer, or the failure again. */
    @Nullable
    Object inPlaceOf(Exception failure, Object asked, C call) throws Exception {
        Answer last = KeptAnswers.mayStandInFor(failure) && allowed.test(call) ? kept.youngEnough(asked) : null;
        if (last == null) {
            throw failure;
        }
        return kept.give(last);
    }
}
