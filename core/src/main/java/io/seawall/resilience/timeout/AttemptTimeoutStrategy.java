package io.seawall.resilience.timeout;

import io.seawall.metrics.Counter;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Timer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends an attempt when its time is over, by an interrupt of the thread that makes it, or not before it ends by itself.
 *
 * @param <C> what is called
 */
final class AttemptTimeoutStrategy<C> implements Strategy<C> {

    private final String target;
    private final TimeLimit own;
    private final boolean interrupt;
    private final Timer timer;
    private final LongSupplier nanoTime;
    private final Counter late;
    private final Strategy<C> inner;

    AttemptTimeoutStrategy(
            String target,
            @Nullable Duration limit,
            boolean interrupt,
            Timer timer,
            LongSupplier nanoTime,
            Counter late,
            Strategy<C> inner) {
        this.target = target;
        this.own = TimeLimit.of(limit);
        this.interrupt = interrupt;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.late = late;
        this.inner = inner;
    }

    @Override
    public @Nullable Object execute(C call, Deadline deadline) throws Exception {
        TimeLimit time = own.within(deadline);
        if (time.isNone()) {
            return inner.execute(call, deadline);
        }
        if (time.isOver()) {
            throw time.overBefore(target);
        }
        return interrupt ? interrupted(call, deadline, time) : watched(call, deadline, time);
    }

    private @Nullable Object interrupted(C call, Deadline deadline, TimeLimit time) throws Exception {
        TimedAttempt attempt = new TimedAttempt();
        timer.set(attempt, time.nanos());
        Object result;
        try {
            result = inner.execute(call, deadline);
        } catch (Throwable failure) {
            timer.unset(attempt);
            // An Error is graver than being late: as a cause it would be retried.
            if (attempt.end() && !(failure instanceof Error)) {
                throw exceeded(time, failure);
            }
            throw failure;
        }
        timer.unset(attempt);
        if (attempt.end()) {
            throw exceeded(time, null);
        }
        return result;
    }

    private TimeLimitExceededException exceeded(TimeLimit time, @Nullable Throwable cause) {
        late.increment();
        return time.exceeded(target, cause);
    }

    /** Nobody can end it, so there is nothing to set: it is enough to look at the clock when it has ended. */
    private @Nullable Object watched(C call, Deadline deadline, TimeLimit time) throws Exception {
        long begin = nanoTime.getAsLong();
        Object result;
        try {
            result = inner.execute(call, deadline);
        } catch (Exception failure) {
            if (isLate(begin, time)) {
                throw exceeded(time, failure);
            }
            throw failure;
        }
        if (isLate(begin, time)) {
            throw exceeded(time, null);
        }
        return result;
    }

    private boolean isLate(long begin, TimeLimit time) {
        return nanoTime.getAsLong() - begin >= time.nanos();
    }
}
