/**
 * What every pattern is made of: a {@link io.seawall.resilience.Layer}, which wraps calls that return their result in a
 * {@link io.seawall.resilience.Strategy} and those whose result comes later in an
 * {@link io.seawall.resilience.AsyncStrategy}; and the {@link io.seawall.resilience.RejectedException} family for the
 * answer "no".
 *
 * <p>A leaf: the pattern packages depend on it, and only {@code pipeline} knows them all. Nothing here or there knows CDI
 * or reads a clock that was not handed in.
 */
@NullMarked
package io.seawall.resilience;

import org.jspecify.annotations.NullMarked;
