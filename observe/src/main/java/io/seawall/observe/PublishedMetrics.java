package io.seawall.observe;

import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.Sample;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The metrics of all owners of an application together: of those that have left their registry in the servlet context, and have
 * not taken it out yet. Thread-safe.
 */
public final class PublishedMetrics {

    private static final Logger LOG = System.getLogger(PublishedMetrics.class.getName());

    private final ServletContext context;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Those of an application.
     *
     * @param context of the application
     */
    public PublishedMetrics(ServletContext context) {
        this.context = context;
    }

    /**
     * What the application is called where several show their metrics.
     *
     * @return the path of its context; {@code /} at the root
     */
    public String application() {
        String path = context.getContextPath();
        return path.isEmpty() ? "/" : path;
    }

    /**
     * Everything as it is now. What contradicts an earlier owner is left out, and told once.
     *
     * @return one family for each name, by name
     */
    public Collection<MetricFamily> read() {
        Map<String, MetricFamily> together = new TreeMap<>();
        for (String attribute : new TreeSet<>(Collections.list(context.getAttributeNames()))) {
            if (attribute.startsWith(MetricRegistry.ATTRIBUTE_PREFIX)
                    && context.getAttribute(attribute) instanceof MetricRegistry registry) {
                for (MetricFamily family : registry.families()) {
                    together.merge(family.meter().name(), family, this::both);
                }
            }
        }
        return together.values();
    }

    private MetricFamily both(MetricFamily one, MetricFamily other) {
        Meter meter = one.meter();
        if (!meter.equals(other.meter())) {
            if (told.add(meter.name())) {
                LOG.log(
                        Level.WARNING,
                        "two owners of one application have a metric of one name and of two kinds: {0} is shown, {1} is not",
                        meter,
                        other.meter());
            }
            return one;
        }
        Map<List<String>, Sample> samples = new LinkedHashMap<>();
        one.samples().forEach(sample -> samples.put(sample.labelValues(), sample));
        for (Sample sample : other.samples()) {
            if (samples.putIfAbsent(sample.labelValues(), sample) != null && told.add(meter.name())) {
                LOG.log(
                        Level.WARNING,
                        "two owners of one application have the metric {0} with the values {1} of its labels {2}: one of"
                                + " them is not shown",
                        meter.name(),
                        sample.labelValues(),
                        meter.labels());
            }
        }
        return new MetricFamily(meter, List.copyOf(samples.values()));
    }
}
