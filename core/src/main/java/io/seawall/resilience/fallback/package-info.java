/**
 * Fallback: another answer where a call has failed.
 */
@NullMarked
package io.seawall.resilience.fallback;

import org.jspecify.annotations.NullMarked;
