/**
 * Bulkhead: only so many calls of a target at a time, so that one that hangs does not take all threads with it.
 */
@NullMarked
package io.seawall.resilience.bulkhead;

import org.jspecify.annotations.NullMarked;
