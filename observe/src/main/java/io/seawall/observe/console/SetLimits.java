package io.seawall.observe.console;

import io.seawall.filter.RateLimits;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.StoreUnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What is set for the limits of filters. It is asked of the store, so not with every look: what another node has set is seen a
 * little later, and what was known stays while the store is away. One thread at a time.
 */
final class SetLimits {

    private static final long FOR_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** More are no sight. */
    private static final int MAX_SHOWN = 200;

    private record Read(List<LimitOverride> overrides, long nanos, long changes) {}

    private final LongSupplier nanoTime;
    private final Map<String, Read> byFilter = new HashMap<>();
    private volatile long changes;

    SetLimits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    List<LimitOverride> of(String filter, RateLimits limits) {
        Read known = byFilter.get(filter);
        long now = nanoTime.getAsLong();
        long changesNow = changes;
        if (known != null && now - known.nanos < FOR_NANOS && known.changes == changesNow) {
            return known.overrides;
        }
        List<LimitOverride> read;
        try {
            read = limits.list().stream().limit(MAX_SHOWN).toList();
        } catch (StoreUnavailableException away) {
            read = known == null ? List.of() : known.overrides;
        }
        byFilter.put(filter, new Read(read, now, changesNow));
        return read;
    }

    /** Something was changed here: by any thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // a change that is lost in another is seen with that
    void changed() {
        changes++;
    }
}
