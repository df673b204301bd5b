package io.seawall.observe.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Since when stores have been away, as seen by whoever looks: from the first look on that found one away. Thread-safe. */
final class StoreAbsences {

    private final LongSupplier nanoTime;

    /** By filter. */
    private final Map<String, Long> sinceNanos = new ConcurrentHashMap<>();

    StoreAbsences(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long the store of a filter has been away; nothing if it is there. */
    Duration look(String filter, boolean isThere) {
        if (isThere) {
            sinceNanos.remove(filter);
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        Long before = sinceNanos.putIfAbsent(filter, now);
        return Duration.ofNanos(before == null ? 0 : now - before);
    }
}
