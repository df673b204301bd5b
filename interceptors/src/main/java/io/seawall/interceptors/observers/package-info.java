/**
 * Passes events on to the observers of CDI, on a thread of the application that no call waits for. The extension comes in by
 * {@link io.seawall.interceptors.observers.Observers}.
 */
@NullMarked
package io.seawall.interceptors.observers;

import org.jspecify.annotations.NullMarked;
