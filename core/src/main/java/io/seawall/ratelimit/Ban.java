package io.seawall.ratelimit;

import java.time.Duration;

/**
 * A ban that begins, see {@link Penalty}.
 *
 * @param policies the {@linkplain QuotaPolicies#name name} of the set of limits that bans
 * @param client who is banned from it: the name that was asked for, which may be a secret
 * @param duration for how long
 */
public record Ban(String policies, String client, Duration duration) {}
