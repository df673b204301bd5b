/**
 * Circuit breaker: not calling a dependency that has just failed several times, and finding out with one trial call when
 * it is well again.
 *
 * <p>{@link io.seawall.resilience.circuitbreaker.CircuitBreaker} holds one of its states, each in a file of its own with
 * its own fields only.
 */
@NullMarked
package io.seawall.resilience.circuitbreaker;

import org.jspecify.annotations.NullMarked;
