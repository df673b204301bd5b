package io.seawall.metrics;

import java.util.List;

/** What a metric was for one set of label values when it was read. Immutable. */
public sealed interface Sample {

    /**
     * The values of the labels.
     *
     * @return one for each key of the meter, in their order
     */
    List<String> labelValues();

    /**
     * Of a counter or a gauge.
     *
     * @param labelValues see {@link Sample#labelValues}
     * @param value what it was
     */
    record Value(List<String> labelValues, long value) implements Sample {}

    /**
     * Of a histogram.
     *
     * @param labelValues see {@link Sample#labelValues}
     * @param bounds upper bounds, ascending, in the unit of the meter
     * @param counts how many values there were in each bucket alone; one more than there are bounds
     * @param sum of all values, in the unit of the meter
     */
    // Arrays: they are made for one reading, and nobody compares readings.
    @SuppressWarnings("ArrayRecordComponent")
    record Distribution(List<String> labelValues, double[] bounds, long[] counts, double sum) implements Sample {}
}
