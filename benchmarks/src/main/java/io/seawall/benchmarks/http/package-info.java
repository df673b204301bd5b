/** Requests a second through a server, with and without the filter. */
@NullMarked
package io.seawall.benchmarks.http;

import org.jspecify.annotations.NullMarked;
