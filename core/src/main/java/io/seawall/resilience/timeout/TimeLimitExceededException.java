package io.seawall.resilience.timeout;

import io.seawall.resilience.RejectedException;
import io.seawall.time.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The call was made and took longer than its limit. What it threw when it was interrupted, if anything, is the cause. */
public final class TimeLimitExceededException extends RejectedException {

    private static final long serialVersionUID = 1L;

    private final Duration limit;

    TimeLimitExceededException(String target, Duration limit, @Nullable Throwable cause) {
        super(target, "time-limit", true, null, cause);
        this.limit = limit;
    }

    @Override
    protected String words() {
        return "call to '" + target() + "' exceeded its limit of " + DurationText.format(limit);
    }
}
