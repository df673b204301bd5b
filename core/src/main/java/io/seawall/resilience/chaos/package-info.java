/**
 * Chaos: a target that is told to misbehave, to see what becomes of its callers. Only by explicit configuration.
 */
@NullMarked
package io.seawall.resilience.chaos;

import org.jspecify.annotations.NullMarked;
