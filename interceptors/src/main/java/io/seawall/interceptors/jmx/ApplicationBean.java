package io.seawall.interceptors.jmx;

import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.jmx.FlatMetrics;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/** Lists the targets of an application, and hands on what is asked of them all. */
final class ApplicationBean implements ApplicationMXBean {

    private final Collection<String> targets;
    private final MetricRegistry metrics;
    private final Operator operator;

    /**
     * Of an application.
     *
     * @param targets those that are shown, as they are at each look
     * @param metrics of all of them
     */
    ApplicationBean(Collection<String> targets, MetricRegistry metrics, Operator operator) {
        this.targets = targets;
        this.metrics = metrics;
        this.operator = operator;
    }

    @Override
    public List<String> getTargets() {
        return List.copyOf(targets);
    }

    @Override
    public SortedMap<String, Double> getMetrics() {
        return FlatMetrics.of(metrics.families());
    }

    @Override
    public List<String> reread() {
        return PlainErrors.only(operator::rereadAll);
    }
}
