package io.seawall.observe.opentelemetry;

import io.opentelemetry.api.metrics.Meter;
import io.seawall.observe.PublishedMetrics;
import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.Map;

/**
 * Shows the metrics of an application by meters of OpenTelemetry: all filters, and the targets. Nothing is counted a second time; the
 * numbers are read when they are collected. What comes later is there from the next collection on. Thread-safe.
 *
 * <p>Of a histogram there are its {@code .count} and its {@code .sum}, in seconds: OpenTelemetry has no histograms that are read where
 * they are. All series have the attribute {@code application}, as several may share a meter.
 *
 * <p>Where the meter is a bean of CDI, this is done without a word: see docs/metrics.md.
 */
public final class SeawallTelemetry implements AutoCloseable {

    private final PublishedMetrics metrics;

    /** Guarded by its own monitor. */
    private final Map<Meter, BoundMeter> bound = new HashMap<>();

    private boolean closed;

    /**
     * Those of an application.
     *
     * @param context of the application; its path is the attribute {@code application}, {@code /} at the root
     */
    public SeawallTelemetry(ServletContext context) {
        metrics = new PublishedMetrics(context);
    }

    /**
     * Shows them by a meter, until {@link #close}. By one where they are shown already this does nothing.
     *
     * @param meter may be one of the whole server
     * @throws IllegalStateException after {@link #close}
     */
    public void bindTo(Meter meter) {
        synchronized (bound) {
            if (closed) {
                throw new IllegalStateException(
                        "the metrics of '" + metrics.application() + "' are closed: make a new SeawallTelemetry");
            }
            bound.computeIfAbsent(meter, added -> new BoundMeter(added, metrics::read, metrics.application()))
                    .begin();
        }
    }

    /** Is asked by nobody any more, so that no meter holds on to the application. Safe to call twice. */
    @Override
    public void close() {
        synchronized (bound) {
            closed = true;
            bound.values().forEach(BoundMeter::end);
            bound.clear();
        }
    }
}
