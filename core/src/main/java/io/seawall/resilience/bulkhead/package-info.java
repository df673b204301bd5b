/**
 * Bulkhead: only so many calls of a target at a time, so that one that hangs does not take all threads with it. A permit is
 * held for as long as the call truly runs, also when its caller has been told that it is late.
 */
@NullMarked
package io.seawall.resilience.bulkhead;

import org.jspecify.annotations.NullMarked;
