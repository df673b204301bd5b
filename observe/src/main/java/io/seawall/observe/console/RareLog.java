package io.seawall.observe.console;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells the first of many alike, and once a minute how many there were since. Thread-safe. */
final class RareLog {

    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private final LongSupplier nanoTime;
    private final AtomicLong toldAtNanos;
    private final AtomicLong untold = new AtomicLong();

    RareLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        toldAtNanos = new AtomicLong(nanoTime.getAsLong() - PAUSE_NANOS);
    }

    void warn(String words) {
        warn(words, null);
    }

    void warn(String words, @Nullable Throwable thrown) {
        long now = nanoTime.getAsLong();
        long told = toldAtNanos.get();
        if (now - told < PAUSE_NANOS || !toldAtNanos.compareAndSet(told, now)) {
            untold.incrementAndGet();
            return;
        }
        long others = untold.getAndSet(0);
        String more = others == 0 ? "" : " (and " + others + " other tries since the last line)";
        log.log(Level.WARNING, () -> words + more, thrown); // not as a pattern: names may hold braces
    }
}
