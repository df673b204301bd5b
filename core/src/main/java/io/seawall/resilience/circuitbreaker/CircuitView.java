package io.seawall.resilience.circuitbreaker;

import java.time.Duration;

/**
 * How a circuit stood when somebody looked. Immutable.
 *
 * @param state where it was
 * @param rule when it opens, in words: {@code 5 failures within 30s}
 * @param failures how many it remembered that may open it; 0 unless it was closed
 * @param forTime how long it had been in its state; one that began to count by another rule began anew
 */
public record CircuitView(CircuitBreaker.State state, String rule, long failures, Duration forTime) {}
