package io.seawall.resilience.stale;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Failures;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Timer;
import io.seawall.time.DurationText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what calls return, and gives the last answer where a call fails or is refused. What it wraps is the call itself and
 * what guards it, so whatever stands in for an answer further outside is never kept.
 *
 * <p>A failure passes if it {@linkplain Failures#isFinal is final} or {@linkplain Failures#isCallersFault the caller's fault}:
 * that the same question had an answer once does not make it a good one now. It passes as it is, too, if there is no answer
 * or none that is young enough.
 *
 * @param <C> what is called
 */
public final class StaleLayer<C> implements Layer<C> {

    private final long maxAgeNanos;
    private final LastAnswers answers;
    private final Function<? super C, Object> key;
    private final Predicate<? super C> allowed;
    private final LongSupplier nanoTime;

    /**
     * A layer.
     *
     * @param policy how old an answer may be; without a soft deadline
     * @param answers the last ones, as many as they hold
     * @param key what a call asks for; asked before the call, which may change its parameters
     * @param allowed asked on the calling thread whether a failed call may be answered as things stand around it: after the
     *     failure, or before the call where its result comes later
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @param timer watches the soft deadline
     * @param executor where a call goes on beyond it
     * @throws IllegalArgumentException if the policy has a soft deadline
     */
    public StaleLayer(
            StalePolicy policy,
            LastAnswers answers,
            Function<? super C, Object> key,
            Predicate<? super C> allowed,
            LongSupplier nanoTime,
            Timer timer,
            Executor executor) {
        Duration softDeadline = policy.softDeadline();
        if (softDeadline != null) {
            throw new IllegalArgumentException("softDeadline is " + DurationText.format(softDeadline)
                    + ": soft deadlines are not there yet, leave it out; an attempt that ends at its timeout is answered by"
                    + " the last answer");
        }
        this.maxAgeNanos = policy.maxAge().toNanos();
        this.answers = answers;
        this.key = key;
        this.allowed = allowed;
        this.nanoTime = nanoTime;
    }

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        return (call, deadline) -> execute(inner, call, deadline);
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return (call, deadline) -> start(inner, call, deadline);
    }

    private @Nullable Object execute(Strategy<C> inner, C call, Deadline deadline) throws Exception {
        Object asked = key.apply(call);
        @Nullable Object value;
        try {
            value = inner.execute(call, deadline);
        } catch (Exception failure) {
            Answer last = mayBeAnswered(failure) && allowed.test(call) ? youngEnough(asked) : null;
            if (last == null) {
                throw failure;
            }
            return last.value();
        }
        keep(asked, value);
        return value;
    }

    private CompletionStage<@Nullable Object> start(AsyncStrategy<C> inner, C call, Deadline deadline) {
        Object asked;
        boolean answerable;
        try {
            asked = key.apply(call);
            answerable = allowed.test(call);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        // A stage of our own: one that depends on another would wrap its failure.
        CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
        inner.start(call, deadline).handle((value, failure) -> {
            try {
                if (failure == null) {
                    keep(asked, value);
                    answer.complete(value);
                    return null;
                }
                Answer last = answerable && mayBeAnswered(failure) ? youngEnough(asked) : null;
                if (last == null) {
                    answer.completeExceptionally(failure);
                } else {
                    answer.complete(last.value());
                }
            } catch (Throwable broken) {
                answer.completeExceptionally(broken);
            }
            return null;
        });
        return answer;
    }

    private static boolean mayBeAnswered(Throwable failure) {
        return !Failures.isFinal(failure) && !Failures.isCallersFault(failure);
    }

    private void keep(Object asked, @Nullable Object value) {
        answers.keep(asked, new Answer(value, nanoTime.getAsLong()));
    }

    /** The answers may be kept by somebody who forgets late: their age is seen to here. */
    private @Nullable Answer youngEnough(Object asked) {
        Answer last = answers.find(asked);
        return last != null && nanoTime.getAsLong() - last.keptAtNanos() <= maxAgeNanos ? last : null;
    }
}
