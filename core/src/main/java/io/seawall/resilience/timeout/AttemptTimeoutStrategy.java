package io.seawall.resilience.timeout;

import io.seawall.resilience.Strategy;
import io.seawall.resilience.timeout.Timer.Scheduled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends an attempt after a limit by interrupting its thread, which is the caller's: transaction, security and request
 * context stay with it. A call that does not heed interrupts runs to its end and is reported as late then; its result is
 * dropped, since the caller's time is over.
 *
 * @param <C> what is called
 */
public final class AttemptTimeoutStrategy<C> implements Strategy<C> {

    private static final Duration MIN = Duration.ofMillis(1);
    private static final Duration MAX = Duration.ofHours(1);

    private final String target;
    private final Duration limit;
    private final long limitNanos;
    private final Timer timer;
    private final Strategy<C> inner;

    /**
     * Wraps a strategy.
     *
     * @param target whom the call is for; for messages
     * @param limit how long one attempt may take, 1 ms to 1 h in whole milliseconds
     * @param timer who watches the time
     * @param inner one attempt
     * @throws IllegalArgumentException if the limit is out of its range
     */
    public AttemptTimeoutStrategy(String target, Duration limit, Timer timer, Strategy<C> inner) {
        this.target = target;
        this.limit = requireLimit(limit);
        this.limitNanos = limit.toNanos();
        this.timer = timer;
        this.inner = inner;
    }

    /**
     * Checks a limit.
     *
     * @param limit how long one attempt may take
     * @return the limit
     * @throws IllegalArgumentException if it is not 1 ms to 1 h in whole milliseconds
     */
    public static Duration requireLimit(Duration limit) {
        if (limit.compareTo(MIN) < 0 || limit.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("timeout is " + limit.toMillis() + "ms: use 1ms to 1h");
        }
        if (limit.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException("timeout is " + limit + ": use whole milliseconds");
        }
        return limit;
    }

    @Override
    public @Nullable Object execute(C call) throws Exception {
        TimedAttempt attempt = new TimedAttempt();
        Scheduled timeout = timer.schedule(attempt, limitNanos);
        Object result;
        try {
            result = inner.execute(call);
        } catch (Throwable failure) {
            timeout.cancel();
            if (attempt.end()) {
                throw new TimeLimitExceededException(target, limit, failure);
            }
            throw failure;
        }
        timeout.cancel();
        if (attempt.end()) {
            throw new TimeLimitExceededException(target, limit, null);
        }
        return result;
    }
}
