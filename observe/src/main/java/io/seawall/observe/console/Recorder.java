package io.seawall.observe.console;

import io.seawall.metrics.MetricFamily;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Reads the numbers of the application, again and again, and makes rates of them. {@link #sample} is called by one thread. */
final class Recorder {

    /** Rates are over this time, or over what there is of it. */
    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** As many readings as that time has, and the one before it. */
    private static final int KEPT = 1 + 10_000 / History.STEP_MILLIS;

    private static final double MILLIS = 1000;
    private static final double P99 = 0.99;

    private final Supplier<Collection<MetricFamily>> metrics;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final History history = new History();

    /** The oldest first; never empty. */
    private volatile List<Reading> kept;

    Recorder(Supplier<Collection<MetricFamily>> metrics, LongSupplier nanoTime, InstantSource clock) {
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.clock = clock;
        kept = List.of(read());
    }

    private Reading read() {
        return Reading.of(metrics.get(), nanoTime.getAsLong());
    }

    History history() {
        return history;
    }

    /** Ends a slot of the history. */
    void sample() {
        List<Reading> before = kept;
        Reading now = read();
        Change change = new Change(before.get(before.size() - 1), now);
        Map<Subject, double[]> values = new LinkedHashMap<>();
        for (Subject subject : now.numbers().keySet()) {
            values.put(subject, row(change, subject));
        }
        history.add(clock.millis(), values);
        List<Reading> after = new ArrayList<>(before);
        after.add(now);
        kept = List.copyOf(after.subList(Math.max(0, after.size() - KEPT), after.size()));
    }

    /** In the order of {@link History#names}. */
    private static double[] row(Change change, Subject subject) {
        return switch (subject.kind()) {
            case FILTER -> new double[] {change.to().of(subject).get(Meters.IN_FLIGHT)};
            case POLICY ->
                new double[] {
                    change.rate(subject, Meters.of(Meters.DECISIONS, "allowed")),
                    change.rate(subject, Meters.of(Meters.DECISIONS, "refused")),
                    change.rate(subject, Meters.of(Meters.DECISIONS, "shadow-refused"))
                };
            case TARGET ->
                new double[] {
                    change.rate(subject, Meters.CALLS),
                    change.rateOfAll(subject, Meters.UNSUCCESSFUL),
                    change.rate(subject, Meters.RETRIES),
                    change.percentile(subject, Meters.ATTEMPT_DURATION, P99) * MILLIS
                };
        };
    }

    /** What has happened lately, up to now. */
    Change lately() {
        Reading now = read();
        List<Reading> known = kept;
        Reading from = known.get(0);
        for (Reading reading : known) {
            if (now.nanos() - reading.nanos() >= LATELY_NANOS) {
                from = reading;
            }
        }
        return new Change(from, now);
    }
}
