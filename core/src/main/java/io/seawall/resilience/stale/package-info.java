/**
 * Stale answers: the last good answer where a call has failed, or takes longer than its soft deadline.
 */
@NullMarked
package io.seawall.resilience.stale;

import org.jspecify.annotations.NullMarked;
