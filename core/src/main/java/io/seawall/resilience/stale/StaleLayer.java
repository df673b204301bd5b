package io.seawall.resilience.stale;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Failures;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Timer;
import java.time.Duration;
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
 * <p>With a {@linkplain StalePolicy#softDeadline soft deadline}, a call that takes longer is answered, too, and goes on; what it comes to
 * is kept for the next one. Where the result comes later that takes no thread. A call that returns its result is made on a thread of the
 * executor instead of its caller's, if there is an answer that could be given; so
 *
 * <ul>
 *   <li>whatever belongs to the thread of the caller is not there: its transaction, its security, its request, what it keeps in a
 *       {@code ThreadLocal}. Where that may not be, {@code mayLeave} says no, and the call is made where it comes from;
 *   <li>a caller who is interrupted while he waits hears of it at once, and the call goes on;
 *   <li>where the executor takes nothing, or has not begun when nothing is left to answer with, the call is made where it comes from;
 *   <li>while a call goes on beyond its soft deadline, others who ask the same are answered at once and make none; and with
 *       {@value SlowCalls#MAX} such calls, all others who can be answered. So a call should have an end: a timeout.
 * </ul>
 *
 * @param <C> what is called
 */
public final class StaleLayer<C> implements Layer<C> {

    private final KeptAnswers kept;
    private final Function<? super C, Object> key;
    private final Predicate<? super C> allowed;
    private final Predicate<? super C> mayLeave;
    private final @Nullable SoftDeadline softDeadline;

    /**
     * A layer.
     *
     * @param policy how old an answer may be
     * @param answers the last ones, as many as they hold
     * @param key what a call asks for; asked before the call, which may change its parameters
     * @param allowed asked on the calling thread whether a failed call may be answered as things stand around it: after the
     *     failure, or before the call where its result comes later
     * @param mayLeave asked on the calling thread whether a call that returns its result may be made on another one; only with a
     *     soft deadline
     * @param counts counts the answers that are given
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @param timer watches the soft deadline
     * @param executor where a call goes on beyond it
     */
    public StaleLayer(
            StalePolicy policy,
            LastAnswers answers,
            Function<? super C, Object> key,
            Predicate<? super C> allowed,
            Predicate<? super C> mayLeave,
            StaleCounts counts,
            LongSupplier nanoTime,
            Timer timer,
            Executor executor) {
        this.kept = new KeptAnswers(policy.maxAge(), answers, nanoTime, counts);
        this.key = key;
        this.allowed = allowed;
        this.mayLeave = mayLeave;
        Duration soft = policy.softDeadline();
        this.softDeadline = soft == null ? null : new SoftDeadline(soft.toNanos(), timer, executor, new SlowCalls());
    }

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        StaleStrategy<C> inPlace = new StaleStrategy<>(kept, key, allowed, inner);
        return softDeadline == null
                ? inPlace
                : new SoftStaleStrategy<>(
                        kept, key, call -> mayLeave.test(call) && allowed.test(call), softDeadline, inner, inPlace);
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return new AsyncStaleStrategy<>(kept, key, allowed, softDeadline, inner);
    }
}
