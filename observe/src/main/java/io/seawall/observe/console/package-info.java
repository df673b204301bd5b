/**
 * A page for those who run the application: what is refused, which dependency is sick, and what can be done about it by hand.
 * {@link io.seawall.observe.console.ConsoleServlet} is off unless it is declared, and everything else here is its own. It reads
 * what others leave in the servlet context, and does what it is told by the doors that applications have.
 */
@NullMarked
package io.seawall.observe.console;

import org.jspecify.annotations.NullMarked;
