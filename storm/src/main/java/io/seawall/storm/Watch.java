package io.seawall.storm;

import io.seawall.storm.backend.Backend;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Goes with a run from its first second to its last: takes the backend away and gives it back, looks into it, and tells. */
final class Watch {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Recorder recorder;
    private final Backend backend;
    private final StormOptions options;
    private final String place;
    private final Teller out;

    Watch(Recorder recorder, Backend backend, StormOptions options, String place, Teller out) {
        this.recorder = recorder;
        this.backend = backend;
        this.options = options;
        this.place = place;
        this.out = out;
    }

    void run(long startNanos) throws SQLException, InterruptedException {
        for (int second = 0; second < options.seconds(); second++) {
            waitFor(startNanos + TimeUnit.SECONDS.toNanos(second));
            if (second == options.before()) {
                backend.goDown(options.outage());
            } else if (second == options.before() + options.down()) {
                backend.comeBack();
            }
            long endNanos = startNanos + TimeUnit.SECONDS.toNanos(second + 1);
            while (endNanos - System.nanoTime() > 0) {
                recorder.seen(backend.queued(), backend.connectionsInUse());
                waitFor(Math.min(endNanos, System.nanoTime() + LOOK_NANOS));
            }
            out.tell(String.format(
                    Locale.ROOT, "%s, second %2d, %-6s: %s", place, second, phase(second), recorder.progress(second)));
        }
    }

    private String phase(int second) {
        if (second < options.before()) {
            return "before";
        }
        return second < options.before() + options.down() ? "OUTAGE" : "after";
    }

    private static void waitFor(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("the replay was told to stop");
            }
        }
    }
}
