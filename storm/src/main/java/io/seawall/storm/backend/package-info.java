/**
 * What the shop depends on: a service of a fixed capacity, with a queue, workers and a pool of database connections, all of
 * them bounded. It works off whatever it has taken, also for clients that are long gone, as backends do.
 */
@NullMarked
package io.seawall.storm.backend;

import org.jspecify.annotations.NullMarked;
