/**
 * The patterns put together. {@link io.seawall.resilience.pipeline.Targets} holds what the callers of a dependency share,
 * {@link io.seawall.resilience.pipeline.Pipeline} is the only place that knows the order.
 */
@NullMarked
package io.seawall.resilience.pipeline;

import org.jspecify.annotations.NullMarked;
