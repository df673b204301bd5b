/**
 * Circuit breaker: not calling a dependency that has just failed, or been slow, too often, and finding out with a few trial calls
 * when it is well again.
 *
 * <p>{@link io.seawall.resilience.circuitbreaker.CircuitBreaker} holds one of its states, each in a file of its own with
 * its own fields only.
 */
@NullMarked
package io.seawall.resilience.circuitbreaker;

import org.jspecify.annotations.NullMarked;
