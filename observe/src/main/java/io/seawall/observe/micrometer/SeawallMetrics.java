package io.seawall.observe.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.seawall.observe.PublishedMetrics;
import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.Map;

/**
 * Shows the metrics of an application in registries of Micrometer: all filters, and the targets. Nothing is counted a second time; the
 * numbers are read when a registry asks for them, and are a quarter of a second old at most. Meters come and go with what they
 * are of. Thread-safe.
 *
 * <pre>{@code
 * public void contextInitialized(ServletContextEvent event) {
 *     metrics = new SeawallMetrics(event.getServletContext());
 *     metrics.bindTo(registry);
 * }
 *
 * public void contextDestroyed(ServletContextEvent event) {
 *     metrics.close();
 * }
 * }</pre>
 *
 * <p>Where the registry is a bean of CDI, this is done without a word: see docs/metrics.md. All meters have the tag
 * {@code application}, as several may share a registry.
 */
public final class SeawallMetrics implements MeterBinder, AutoCloseable {

    private final PublishedMetrics metrics;

    /** Guarded by its own monitor. */
    private final Map<MeterRegistry, BoundRegistry> bound = new HashMap<>();

    private boolean closed;

    /**
     * Those of an application.
     *
     * @param context of the application; its path is the tag {@code application}, {@code /} at the root, with {@code #2} and so
     *     on if a registry has another one of that path
     */
    public SeawallMetrics(ServletContext context) {
        metrics = new PublishedMetrics(context);
    }

    /**
     * Shows them in a registry, until {@link #close}. In one where they are shown already this does nothing.
     *
     * @param registry may be one of the whole server
     * @throws IllegalStateException after {@link #close}
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        synchronized (bound) {
            if (closed) {
                throw new IllegalStateException(
                        "the metrics of '" + metrics.application() + "' are closed: make a new SeawallMetrics");
            }
            BoundRegistry taken = bound.computeIfAbsent(
                    registry, added -> new BoundRegistry(added, metrics::read, metrics.application()));
            try {
                taken.begin();
            } catch (Throwable broken) {
                bound.remove(registry);
                taken.end(); // what has come so far would hold on to the application
                throw broken;
            }
        }
    }

    /**
     * Takes all meters out of all registries, so that none of them holds on to the application. Safe to call twice.
     */
    @Override
    public void close() {
        synchronized (bound) {
            closed = true;
            bound.values().forEach(BoundRegistry::end);
            bound.clear();
        }
    }
}
