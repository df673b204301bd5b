/**
 * The patterns put together. {@link io.seawall.resilience.pipeline.Pipeline} is the only place that knows their order.
 */
@NullMarked
package io.seawall.resilience.pipeline;

import org.jspecify.annotations.NullMarked;
