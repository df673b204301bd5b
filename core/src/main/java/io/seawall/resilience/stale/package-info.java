/**
 * Stale answers: the last good answer where a call has failed.
 */
@NullMarked
package io.seawall.resilience.stale;

import org.jspecify.annotations.NullMarked;
