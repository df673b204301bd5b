/**
 * Finds out at the start of an application where else its metrics can be shown, and has them shown there.
 */
@NullMarked
package io.seawall.observe.bridge;

import org.jspecify.annotations.NullMarked;
