/** The clients of the shop: when each of them asks, how long it waits, and how it tries again. */
@NullMarked
package io.seawall.storm.clients;

import org.jspecify.annotations.NullMarked;
