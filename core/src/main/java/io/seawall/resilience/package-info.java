/**
 * What every pattern is made of: a {@link io.seawall.resilience.Strategy} around a call, and the
 * {@link io.seawall.resilience.RejectedException} family for the answer "no".
 *
 * <p>A leaf: the pattern packages depend on it, and only {@code pipeline} knows them all. Nothing here or there knows CDI
 * or reads a clock that was not handed in.
 */
@NullMarked
package io.seawall.resilience;

import org.jspecify.annotations.NullMarked;
