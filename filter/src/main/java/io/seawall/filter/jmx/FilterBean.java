package io.seawall.filter.jmx;

import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.Sample;
import io.seawall.metrics.jmx.FlatMetrics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a filter's metrics. */
final class FilterBean implements FilterMXBean {

    private final String name;
    private final MetricRegistry metrics;

    FilterBean(String name, MetricRegistry metrics) {
        this.name = name;
        this.metrics = metrics;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public SortedMap<String, Double> getMetrics() {
        return FlatMetrics.of(metrics.families());
    }

    @Override
    public long getRequestsInFlight() {
        return samples("seawall.requests.in.flight").samples().stream()
                .mapToLong(sample -> ((Sample.Value) sample).value())
                .sum();
    }

    @Override
    public Map<String, Long> getAllowed() {
        return decisions(Set.of("allowed", "shadow-refused"));
    }

    @Override
    public Map<String, Long> getRefused() {
        return decisions(Set.of("refused"));
    }

    private Map<String, Long> decisions(Set<String> outcomes) {
        MetricFamily decisions = samples("seawall.limit.decisions");
        List<String> labels = decisions.meter().labels();
        int policy = labels.indexOf("policy");
        int outcome = labels.indexOf("outcome");
        Map<String, Long> sums = new TreeMap<>();
        for (Sample sample : decisions.samples()) {
            if (outcomes.contains(sample.labelValues().get(outcome))) {
                sums.merge(sample.labelValues().get(policy), ((Sample.Value) sample).value(), Long::sum);
            }
        }
        return sums;
    }

    private MetricFamily samples(String metric) {
        return metrics.families().stream()
                .filter(family -> family.meter().name().equals(metric))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("filter '" + name + "' has no metric '" + metric + "'"));
    }
}
