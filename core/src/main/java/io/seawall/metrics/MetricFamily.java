package io.seawall.metrics;

import java.util.List;

/**
 * A metric as it was when it was read. Immutable.
 *
 * @param meter what is measured; its labels begin with those of the registry
 * @param samples one for each set of label values
 */
public record MetricFamily(Meter meter, List<Sample> samples) {

    /**
     * Copies the list.
     *
     * @param meter see {@link #meter}
     * @param samples see {@link #samples}
     */
    public MetricFamily {
        samples = List.copyOf(samples);
    }
}
