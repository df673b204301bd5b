package io.seawall.redis;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether Redis has lately said that there are overrides, so that the script is asked that reads them. Thread-safe. */
final class OverridesSeen {

    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile @Nullable Deadline until;

    /** Redis has said that there are some. */
    void now() {
        until = Deadline.in(REMEMBERED_NANOS);
    }

    /** Whether it has within a second. */
    boolean lately() {
        Deadline known = until;
        return known != null && known.leftNanos() > 0;
    }
}
