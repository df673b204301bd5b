package io.seawall.resilience.timeout;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends an attempt after a limit by interrupting its thread, which is the caller's: transaction, security and request
 * context stay with it. A call that does not heed interrupts runs to its end and is reported as late then; its result is
 * dropped, since the caller's time is over.
 *
 * @param <C> what is called
 */
final class AttemptTimeoutStrategy<C> implements Strategy<C> {

    private final String target;
    private final Duration limit;
    private final long limitNanos;
    private final Timer timer;
    private final Strategy<C> inner;

    AttemptTimeoutStrategy(String target, Duration limit, Timer timer, Strategy<C> inner) {
        this.target = target;
        this.limit = limit;
        this.limitNanos = limit.toNanos();
        this.timer = timer;
        this.inner = inner;
    }

    @Override
    public @Nullable Object execute(C call, Deadline deadline) throws Exception {
        TimedAttempt attempt = new TimedAttempt();
        timer.set(attempt, limitNanos);
        Object result;
        try {
            result = inner.execute(call, deadline);
        } catch (Throwable failure) {
            timer.unset(attempt);
            // An Error is graver than being late: as a cause it would be retried.
            if (attempt.end() && !(failure instanceof Error)) {
                throw new TimeLimitExceededException(target, limit, failure);
            }
            throw failure;
        }
        timer.unset(attempt);
        if (attempt.end()) {
            throw new TimeLimitExceededException(target, limit, null);
        }
        return result;
    }
}
