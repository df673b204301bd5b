/**
 * Shows what is counted. {@link io.seawall.observe.MetricsServlet} is off unless it is declared.
 */
@NullMarked
package io.seawall.observe;

import org.jspecify.annotations.NullMarked;
