/**
 * The demo: the example WAR on embedded Jetty, as a server would run it, and on a second port the two services that the
 * shop depends on. They do as they are told: answer, fail, hang, or take their time.
 *
 * <p>{@link io.seawall.demo.Demo} is the program.
 */
@NullMarked
package io.seawall.demo;

import org.jspecify.annotations.NullMarked;
