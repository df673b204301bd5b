/**
 * Tells load balancers whether an application takes requests: by {@link io.seawall.observe.health.HealthServlet}, which is off unless
 * it is declared, and by MicroProfile Health where the server has it. Nothing here asks a dependency; what is known anyway is read.
 */
@NullMarked
package io.seawall.observe.health;

import org.jspecify.annotations.NullMarked;
