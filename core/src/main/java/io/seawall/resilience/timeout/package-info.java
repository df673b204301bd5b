/**
 * Time limits: of one attempt, which is ended on the thread of its caller, and of a call with all its attempts.
 */
@NullMarked
package io.seawall.resilience.timeout;

import org.jspecify.annotations.NullMarked;
