/**
 * What Seawall says over HTTP, to whoever asked and to whoever is asked: {@link io.seawall.http.ReducedCapacity}, the answer when
 * a guarded call was refused, and {@link io.seawall.http.RetryMark}, by which a caller says that it retries itself.
 *
 * <p>A leaf that knows the JDK alone: servlets and REST write one answer, each in its own way.
 */
@NullMarked
package io.seawall.http;

import org.jspecify.annotations.NullMarked;
