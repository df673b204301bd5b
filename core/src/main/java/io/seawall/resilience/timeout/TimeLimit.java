package io.seawall.resilience.timeout;

import io.seawall.resilience.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long one attempt may take: as long as its own limit, and no longer than the caller's patience lasts. Immutable.
 *
 * @param nanos from now; 0 or less: it is over already; {@link Long#MAX_VALUE}: for as long as it takes
 * @param limit what ends it first, for messages
 * @param isDeadline whether that is the caller's deadline
 */
record TimeLimit(long nanos, @Nullable Duration limit, boolean isDeadline) {

    private static final TimeLimit NONE = new TimeLimit(Long.MAX_VALUE, null, false);

    /** Of every attempt, by itself. */
    static TimeLimit of(@Nullable Duration limit) {
        return limit == null ? NONE : new TimeLimit(limit.toNanos(), limit, false);
    }

    /** Of an attempt of a caller with this deadline. Makes a new one only where the deadline is nearer. */
    TimeLimit within(Deadline deadline) {
        if (deadline.isSet()) {
            long left = deadline.leftNanos();
            if (left < nanos) {
                return new TimeLimit(left, deadline.total(), true);
            }
        }
        return this;
    }

    boolean isNone() {
        return limit == null;
    }

    boolean isOver() {
        return nanos <= 0;
    }

    /**
     * The attempt was made and took too long.
     *
     * @param cause what it threw when it was interrupted
     */
    TimeLimitExceededException exceeded(String target, @Nullable Throwable cause) {
        return new TimeLimitExceededException(target, limit(), isDeadline, true, cause);
    }

    /** The attempt was not made, since its time was over. */
    TimeLimitExceededException overBefore(String target) {
        return new TimeLimitExceededException(target, limit(), isDeadline, false, null);
    }
}
