package io.seawall.resilience.timeout;

import io.seawall.resilience.RejectedException;
import io.seawall.time.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The call took longer than its limit, or than the deadline of its caller leaves. What it threw when it was interrupted, if anything, is the
 * cause. If the deadline was over before, it was not made.
 */
public final class TimeLimitExceededException extends RejectedException {

    private static final long serialVersionUID = 1L;

    /** The limit that was exceeded; null if it was what the deadline of the caller left. */
    private final @Nullable Duration limit;

    /** Whether the time was that of all attempts together. */
    private final boolean isDeadline;

    TimeLimitExceededException(
            String target, @Nullable Duration limit, boolean isDeadline, boolean attempted, @Nullable Throwable cause) {
        super(target, "time-limit", attempted, null, cause);
        this.limit = limit;
        this.isDeadline = isDeadline;
    }

    @Override
    protected String words() {
        return "call to '" + target() + "' exceeded its " + (isDeadline ? "deadline" : "limit")
                + (limit == null ? "" : " of " + DurationText.format(limit));
    }
}
