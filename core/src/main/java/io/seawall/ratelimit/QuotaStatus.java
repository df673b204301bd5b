package io.seawall.ratelimit;

/**
 * Where a client stands with one limit after a decision. Immutable.
 *
 * @param policy the limit, as it holds for this client: with the permits of an override, if there is one
 * @param remaining permits left, 0 to {@code policy.permits()}
 * @param nextPermitMicros microseconds until one more permit can be taken; 0 while one is left;
 *     {@link Decision.Denied#NEVER} if the limit grants none
 * @param resetMicros microseconds until all permits are free again; 0 when all are
 */
public record QuotaStatus(QuotaPolicy policy, long remaining, long nextPermitMicros, long resetMicros) {}
