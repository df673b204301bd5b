/**
 * Retry: calling again after a failure, later and later, at a random moment.
 */
@NullMarked
package io.seawall.resilience.retry;

import org.jspecify.annotations.NullMarked;
