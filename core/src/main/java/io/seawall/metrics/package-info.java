/**
 * What is counted, and how it is read. Whoever counts has a {@link io.seawall.metrics.MetricRegistry} of its own, which ends with
 * it; whoever shows metrics reads {@link io.seawall.metrics.MetricRegistry#families} and knows nothing of what is behind.
 *
 * <p>A count is an addition and nothing else. Everything that can be read where it is anyway is read when somebody looks.
 */
@NullMarked
package io.seawall.metrics;

import org.jspecify.annotations.NullMarked;
