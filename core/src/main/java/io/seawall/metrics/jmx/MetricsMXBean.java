package io.seawall.metrics.jmx;

import java.util.SortedMap;

/** What its owner counts. */
public interface MetricsMXBean {

    /**
     * All metrics as they are now, by their names and labels: for example
     * {@code seawall.limit.decisions{filter=api,policy=default,outcome=allowed,by=store}}. Of a histogram there are
     * {@code name.count} and {@code name.sum}, in seconds.
     *
     * @return one number for each set of label values
     */
    SortedMap<String, Double> getMetrics();
}
