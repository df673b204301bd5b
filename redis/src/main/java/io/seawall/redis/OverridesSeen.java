package io.seawall.redis;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether there are overrides, as far as a node has heard, so that the script is asked that reads them: of the pulse, which asks when
 * something was changed, and of the scripts themselves, which see it at once. Thread-safe.
 */
final class OverridesSeen {

    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile boolean areThere;
    private volatile @Nullable Deadline until;

    /** The pulse has asked for all of them. */
    void areThere(boolean any) {
        areThere = any;
    }

    /** A script has said that there are some. */
    void now() {
        until = Deadline.in(REMEMBERED_NANOS);
    }

    /** Whether there are, or were within a second. */
    boolean lately() {
        Deadline known = until;
        return areThere || (known != null && known.leftNanos() > 0);
    }
}
