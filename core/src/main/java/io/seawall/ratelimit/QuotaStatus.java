package io.seawall.ratelimit;

/**
 * Where a client stands with one limit after a decision. Immutable.
 *
 * @param policy the limit, as it holds for this client: with the permits of an override, if there is one
 * @param refused whether it is a reason why the request goes no further: it does not grant what was asked for, or its set of
 *     limits has banned the client
 * @param remaining permits that can be taken, 0 to {@code policy.permits()}; 0 for as long as its set bans the client, whatever is
 *     left
 * @param nextPermitMicros microseconds until one more permit can be taken; 0 while one is left;
 *     {@link Decision.Denied#NEVER} if the limit grants none
 * @param resetMicros microseconds until all permits can be taken again; 0 when all can
 */
public record QuotaStatus(
        QuotaPolicy policy, boolean refused, long remaining, long nextPermitMicros, long resetMicros) {}
