package io.seawall.resilience.stale;

import org.jspecify.annotations.Nullable;

/**
 * What a call has returned, and when.
 *
 * @param value what it returned; null too
 * @param keptAtNanos when, on the clock of the layer that keeps it
 */
public record Answer(@Nullable Object value, long keptAtNanos) {}
