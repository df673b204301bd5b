/**
 * The storm lab: replays an outage with real HTTP on loopback, against the example WAR and a backend of a fixed capacity,
 * and writes down what came of it.
 */
@NullMarked
package io.seawall.storm;

import org.jspecify.annotations.NullMarked;
