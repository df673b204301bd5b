/** Targets that are changed while the application runs. */
@NullMarked
package io.seawall.probe.control;

import org.jspecify.annotations.NullMarked;
