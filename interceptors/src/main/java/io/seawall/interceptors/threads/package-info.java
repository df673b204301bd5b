/**
 * The threads that an application of a server works with: those that the server lends, or our own. The only place that knows
 * how to find the server's.
 */
@NullMarked
package io.seawall.interceptors.threads;

import org.jspecify.annotations.NullMarked;
