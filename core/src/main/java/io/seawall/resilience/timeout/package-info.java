/**
 * Attempt timeout: ending a call that takes too long, on the thread of its caller.
 */
@NullMarked
package io.seawall.resilience.timeout;

import org.jspecify.annotations.NullMarked;
