/**
 * Alarms: what happens to a call when its time is over. A leaf that every pattern may know.
 */
@NullMarked
package io.seawall.resilience.timer;

import org.jspecify.annotations.NullMarked;
